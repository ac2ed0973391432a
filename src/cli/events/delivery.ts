/** What becomes of an event by the status of the response. */
export interface DeliveryOutcome {
  readonly isAcknowledged: boolean;
  /** A line for people. */
  readonly text: string;
}

/**
 * Judges the response to an event. Pub/Sub push, which Eventarc builds on, takes 102, 200, 201, 202
 * and 204 for an acknowledgement, and delivers again on everything else. Knative takes every 2xx,
 * delivers again on 404, 408, 409, 429 and 5xx, and drops the event on what is left.
 *
 * @param byPubsub whether Pub/Sub is the sender for sure, so that Knative's rules do not matter
 */
export function describeDelivery(status: number, byPubsub: boolean): DeliveryOutcome {
  if ([102, 200, 201, 202, 204].includes(status)) {
    const text = `Acknowledged: for Pub/Sub and Knative ${status} means done.`;
    return { isAcknowledged: true, text };
  }
  if (byPubsub) {
    const text = `Retried: Pub/Sub delivers the event again on ${status}, as on all but 102, 200, 201, 202 and 204.`;
    return { isAcknowledged: false, text };
  }
  if (status >= 200 && status < 300) {
    const text = `Acknowledged on Knative, where every 2xx means done; Pub/Sub and Eventarc deliver the event again on ${status}.`;
    return { isAcknowledged: true, text };
  }
  if (status >= 500 || [404, 408, 409, 429].includes(status)) {
    const text = `Retried: the platform delivers the event again on ${status}, as on 404, 408, 409, 429 and 5xx.`;
    return { isAcknowledged: false, text };
  }
  const text = `Dropped on Knative, where ${status} is final; Pub/Sub and Eventarc deliver the event again.`;
  return { isAcknowledged: false, text };
}
