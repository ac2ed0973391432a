/** What to change in a sample event. Undefined changes nothing. */
export interface SampleOverrides {
  /** @default the most common type of the kind */
  type?: string | undefined;
  /** @default a realistic source of the kind */
  source?: string | undefined;
  /** @default a realistic subject, where the kind has one */
  subject?: string | undefined;
  /**
   * The whole payload; null is one. Of `firestore`, the fields of the document as plain values, or
   * `{ before, after }`. @default a realistic payload
   */
  data?: unknown;
  /** @default a random UUID */
  id?: string | undefined;
  /** RFC 3339. @default now */
  time?: string | undefined;
  /** Extension attributes, e.g. `bucket`, or `document` of Firestore. @default those that Eventarc adds */
  [attribute: string]: unknown;
}

/** What a sample is made of. */
export interface SampleContext {
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly subject: string | undefined;
  readonly overrides: SampleOverrides;
}

/** A sample event without what all events have. */
export interface Sample {
  readonly source: string;
  readonly subject?: string | undefined;
  /** The extension attributes that Eventarc adds. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** As JSON carries it. */
  readonly data: unknown;
  /** What production sends instead of JSON. */
  readonly protobuf?: (data: unknown) => Buffer;
}

/** A kind of samples: its types, the most common one first, and what makes one. */
export type SampleRow = readonly [
  types: readonly string[],
  make: (context: SampleContext) => Sample,
];

/** The data of a sample: what was asked for, or the realistic one. */
export function dataOr(overrides: SampleOverrides, data: unknown): unknown {
  return overrides.data === undefined ? data : overrides.data;
}

/** `x.created`, … of `x`. */
export function typesOf(start: string, ends: string): string[] {
  return ends.split(' ').map((end) => `${start}.${end}`);
}
