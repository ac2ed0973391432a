import { type Invocation, invocationStorage, retainAfterResponse } from '../core/invocation';

const LABELS = 'logging.googleapis.com/labels';
const SPAN_ID = 'logging.googleapis.com/spanId';
const TRACE = 'logging.googleapis.com/trace';
const TRACE_SAMPLED = 'logging.googleapis.com/trace_sampled';

type Entry = Record<string, unknown>;

/**
 * Turns each write to stdout or stderr inside an invocation into one line of JSON: a structured log of
 * Google Cloud, with the execution id and the trace of the invocation.
 *
 * @param projectId names the project in `logging.googleapis.com/trace`; without it only the span is
 */
export function decorateLogs(projectId: string | undefined): void {
  retainAfterResponse();
  decorate(process.stdout, undefined, projectId);
  decorate(process.stderr, 'ERROR', projectId);
}

/** The Google Cloud project that the environment names, if any. */
export function projectIdOf(env: NodeJS.ProcessEnv): string | undefined {
  return env['GOOGLE_CLOUD_PROJECT'] || env['GCLOUD_PROJECT'] || env['GCP_PROJECT'] || undefined;
}

function decorate(
  stream: NodeJS.WriteStream,
  severity: string | undefined,
  projectId: string | undefined,
): void {
  const write = stream.write as (text: unknown, ...rest: unknown[]) => boolean;
  stream.write = ((data: string | Uint8Array, ...rest: unknown[]): boolean => {
    const invocation = invocationStorage.getStore()?.invocation;
    if (invocation === undefined) return write.call(stream, data, ...rest);
    const [encoding] = rest;
    const text = textOf(data, typeof encoding === 'string' ? encoding : undefined);
    const object = parseObject(text);
    const entry = object ?? { message: text };
    addContext(entry, invocation, projectId);
    if (object !== undefined && severity !== undefined) entry['severity'] ??= severity;
    const callback = rest.find((value) => typeof value === 'function');
    return write.call(stream, `${JSON.stringify(entry)}\n`, callback);
  }) as typeof stream.write;
}

function textOf(data: string | Uint8Array, encoding: string | undefined): string {
  const bytes = typeof data === 'string' ? Buffer.from(data, encoding as BufferEncoding) : data;
  // Escape codes for colours make JSON unreadable.
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString()
    .replace(/\x1b\[[0-9;]*m/g, '');
}

/** A line that is a JSON object; `5` and `null` are text like any other. */
function parseObject(text: string): Entry | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    return JSON.parse(text) as Entry;
  } catch {
    return undefined;
  }
}

function addContext(entry: Entry, invocation: Invocation, projectId: string | undefined): void {
  const { executionId, spanId, traceId, traceSampled } = invocation;
  const labels = entry[LABELS];
  const kept = typeof labels === 'object' && labels !== null ? labels : {};
  entry[LABELS] = { ...kept, execution_id: executionId };
  if (!(SPAN_ID in entry)) entry[SPAN_ID] = spanId;
  if (projectId === undefined || traceId === undefined || TRACE in entry) return;
  entry[TRACE] = `projects/${projectId}/traces/${traceId}`;
  if (traceSampled !== undefined) entry[TRACE_SAMPLED] = traceSampled;
}
