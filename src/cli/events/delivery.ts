/** What a platform does with an event after a response. */
export interface DeliveryOutcome {
  readonly isAcknowledged: boolean;
  /** A line for people. */
  readonly text: string;
}

/**
 * Says what a platform does on a status. Pub/Sub push, which Eventarc uses, acknowledges 102, 200, 201,
 * 202 and 204, and delivers again on any other. Knative acknowledges every 2xx, delivers again on 404,
 * 408, 409, 429 and 5xx, and drops the event otherwise.
 *
 * @param byPubsub whether the sender is known to be Pub/Sub, so that Knative's rules do not apply
 */
export function describeDelivery(status: number, byPubsub: boolean): DeliveryOutcome {
  if ([102, 200, 201, 202, 204].includes(status)) {
    const text = `Acknowledged: for Pub/Sub and Knative ${status} means done.`;
    return { isAcknowledged: true, text };
  }
  if (byPubsub) {
    const text = `Retried: Pub/Sub delivers the event again on ${status}, as on any status but 102, 200, 201, 202 and 204.`;
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
