import { describeDelivery } from '../../cli/events/delivery';
import { type EventMessage, eventMessage } from '../../cli/events/message';
import { type SampleOverrides, sampleEvent } from '../../cli/events/samples';

/** The content modes of the form. */
const MODES = ['binary', 'structured', 'legacy', 'push'] as const;

/** A sample event, and why it cannot be sent in some modes. */
export interface Sample {
  readonly event: object;
  /** By mode: null, or what makes it impossible. */
  readonly modes: Readonly<Record<string, string | null>>;
}

/** @throws BarefnError `UNKNOWN_EVENT_KIND` */
export function sampleOf(kind: string, type: string | undefined): Sample {
  const modes = MODES.map((mode) => [mode, whyNot(kind, mode, { type })]);
  return { event: sampleEvent(kind, { type }), modes: Object.fromEntries(modes) };
}

function whyNot(kind: string, mode: string, overrides: SampleOverrides): string | null {
  try {
    eventMessage(kind, mode, overrides, undefined);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** What the form says. */
interface EventForm {
  readonly kind: string;
  readonly mode: string;
  readonly attributes: SampleOverrides;
  readonly data: string;
}

/** The request that carries the event of a form. */
export function encodeMessage(form: unknown): EventMessage {
  const { kind, mode, attributes, data } = form as EventForm;
  const given = Object.entries(attributes).filter(([, value]) => value !== '');
  return eventMessage(kind, mode, Object.fromEntries(given), Buffer.from(data));
}

/** What a platform does on a status. */
export function describeOutcome(query: URLSearchParams): object {
  const byPubsub = query.get('kind') === 'pubsub';
  return describeDelivery(Number(query.get('status')), byPubsub);
}
