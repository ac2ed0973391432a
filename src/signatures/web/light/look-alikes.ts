/** What is read of a Blob. Libraries have classes of their own, as those of fetch-blob and formdata-node. */
export interface BlobLike {
  readonly size: number;
  readonly type: string;
  stream(): ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** A FormData of a library. */
export interface FormLike extends Iterable<[string, string | (BlobLike & { name?: string })]> {}

interface Tagged {
  readonly [Symbol.toStringTag]?: unknown;
}

/** Whether an object is a Blob or File, or looks like one as undici 6 has it. */
export function isBlobLike(value: object): value is BlobLike {
  const { [Symbol.toStringTag]: tag, stream } = value as Tagged & Partial<Blob>;
  return (tag === 'Blob' || tag === 'File') && typeof stream === 'function';
}

const FORM_METHODS = ['append', 'delete', 'get', 'getAll', 'has', 'set'] as const;

/** Whether an object is a FormData, or looks like one as undici 6 has it. */
export function isFormLike(value: object): value is FormLike {
  const form = value as Tagged & Partial<FormData>;
  if (form[Symbol.toStringTag] !== 'FormData') return false;
  return FORM_METHODS.every((method) => typeof form[method] === 'function');
}
