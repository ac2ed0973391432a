import type { CloudEvent } from '../../cloudevents/event';
import type { StandardSchema } from '../../core/standard-schema';
import type { FirestoreChange } from '../firestore/change';
import type { DocumentParams } from '../firestore/path-pattern';
import type { PubSubData } from '../pubsub-data';
import type { DescribedEvents, GoogleEventData, GoogleEventType } from './events';
import type { FirestoreEvents } from './firestore';
import type { PubSubEvents } from './pubsub';

/** A type of event: editors complete those of Google's. */
type AnyEventType = GoogleEventType | (string & {});

/** Text; compilers before TypeScript 5.3 keep it as it is written only where a template stands beside. */
type DocumentPattern = `${string}/${string}` | (string & {});

/** Which events a CloudEvent function takes, and how their data is checked. */
export interface CloudEventOptions<Data = unknown> {
  /**
   * The `type` of the events, or several. Their data is decoded and typed. An event of another type is
   * logged with severity ERROR and acknowledged, because to deliver it again cannot help.
   * @default every type, with data as it came
   */
  readonly type?: AnyEventType | readonly AnyEventType[];
  /**
   * The pattern of Firestore documents, e.g. `users/{uid}`: `params` has what its wildcards stand for. An
   * event of another document is treated like one of another type. @default every document, no `params`
   */
  readonly document?: DocumentPattern;
  /**
   * Checks the event's data, once decoded; the function gets the value it returns. An event with invalid
   * data is answered with 400. @default no check
   */
  // biome-ignore lint/suspicious/noExplicitAny: what goes in is the sender's
  readonly data?: StandardSchema<any, Data>;
}

/** A CloudEvent with data that a schema has validated. */
export interface CheckedCloudEvent<T> extends CloudEvent<T> {
  /** The payload, as the schema returns it. */
  data: T;
}

/** The event that a function with these options gets. */
export type EventOf<Options extends CloudEventOptions> = Options extends {
  readonly type: string | readonly string[];
}
  ? HandledEvent<TypeIn<Options['type']>, PatternIn<Options>, DataIn<Options, never>>
  : CheckedCloudEvent<DataIn<Options, unknown>>;

type TypeIn<Type extends string | readonly string[]> = Type extends readonly (infer Each)[]
  ? Each & string
  : Type & string;

type PatternIn<Options> = Options extends { readonly document: infer Pattern }
  ? Pattern & string
  : '';

type DataIn<Options, Otherwise> = Options extends {
  // biome-ignore lint/suspicious/noExplicitAny: what goes in is the sender's
  readonly data: StandardSchema<any, infer Data>;
}
  ? Data
  : Otherwise;

/**
 * The event that a function gets that names its type. The data of Firestore is a FirestoreChange, that of
 * Pub/Sub a PubSubData, that of other types of Google's as JSON carries it, and that of all other types
 * unknown, unless a schema checks it. Of several types it is a union: `event.type` tells them apart.
 */
export type HandledEvent<
  Type extends string,
  Pattern extends string = '',
  Data = never,
> = Type extends string
  ? CloudEvent<DataOf<Type, Data>> & {
      type: Type;
      data: DataOf<Type, Data>;
      /** What the wildcards of the option `document` stand for; no extension attribute. */
      readonly params: DocumentParams<Pattern>;
    } & AttributesOf<Type>
  : never;

type DataOf<Type extends string, Data> = [Data] extends [never] ? HandledData<Type> : Data;

type HandledData<Type extends string> = Type extends keyof FirestoreEvents
  ? FirestoreChange
  : Type extends keyof PubSubEvents
    ? PubSubData
    : Type extends GoogleEventType
      ? GoogleEventData[Type]
      : unknown;

type AttributesOf<Type extends string> = Type extends GoogleEventType
  ? { [Attribute in DescribedEvents[Type]['attributes']]?: string }
  : unknown;
