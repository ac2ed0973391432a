import { describeDelivery } from '../../cli/events/delivery';
import { type EventMessage, eventMessage } from '../../cli/events/message';
import { type SampleOverrides, sampleEvent } from '../../google/samples/sample';

/** The content modes of the form. */
const MODES = ['binary', 'structured', 'legacy', 'push'] as const;

/** A sample event, and why it cannot be sent in some modes. */
export interface Sample {
  readonly event: object;
  /** By mode: null, or what makes it impossible. */
  readonly modes: Readonly<Record<string, string | null>>;
}

/**
 * The sample of a kind with these attributes.
 *
 * @throws BarefnError `UNKNOWN_EVENT_KIND`
 */
export function sampleOf(query: URLSearchParams): Sample {
  const { kind = '', ...attributes } = Object.fromEntries(query);
  const modes = MODES.map((mode) => [mode, whyNot(kind, mode, attributes)]);
  // The form has JSON, also where protobuf is sent.
  return { event: sampleEvent(kind, attributes, 'json'), modes: Object.fromEntries(modes) };
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
  /** As JSON; null for that of the sample. */
  readonly data: string | null;
}

/** A request, with its body in base64 where that is no text. */
export type Message = EventMessage & { readonly base64?: string };

/** The request that carries the event of a form. */
export function encodeMessage(form: unknown): Message {
  const { kind, mode, attributes, data } = form as EventForm;
  const message = eventMessage(
    kind,
    mode,
    attributes,
    data === null ? undefined : Buffer.from(data),
  );
  const { body } = message;
  return Buffer.isBuffer(body)
    ? { ...message, body: '', base64: body.toString('base64') }
    : message;
}

/** What a platform does on a status. */
export function describeOutcome(query: URLSearchParams): object {
  const byPubsub = query.get('kind') === 'pubsub';
  return describeDelivery(Number(query.get('status')), byPubsub);
}
