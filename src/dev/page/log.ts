import { invocationStorage, retainAfterResponse } from '../../core/invocation';
import type { HttpRequest } from '../../http/request/request';
import type { HttpResponse } from '../../http/response/response';

/** Something that was written to stdout or stderr. */
interface Line {
  readonly number: number;
  /** The execution id of the request whose code wrote it. */
  readonly id: string | undefined;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** How much a page that reconnects can catch up. */
const KEPT = 200;
/** Tells this process from the one before a restart. */
const INSTANCE = `${process.pid}.${Math.round(performance.timeOrigin)}`;

const followers = new Set<HttpResponse>();
const kept: Line[] = [];
let count = 0;
let isCaptured = false;

/**
 * Sends what the process writes as server-sent events, from now on, or from where the page lost the
 * connection. The first event names the process, so that the page notices a restart.
 */
export function followLog(req: HttpRequest, res: HttpResponse): void {
  if (!isCaptured) capture();
  res.writeHead(200, { 'Content-Type': 'text/event-stream' });
  res.write(`retry: 300\nevent: process\ndata: ${INSTANCE}\n\n`);
  const [instance, last] = String(req.headers['last-event-id']).split('/');
  const seen = instance === INSTANCE ? Number(last) : 0;
  for (const line of kept) if (line.number > seen) send(res, line);
  followers.add(res);
  res.once('close', () => followers.delete(res));
}

function capture(): void {
  isCaptured = true;
  // Late lines of a request belong to it as well.
  retainAfterResponse();
  for (const stream of ['stdout', 'stderr'] as const) {
    const output = process[stream];
    const write = output.write as (...args: unknown[]) => boolean;
    // biome-ignore lint/plugin: once per process
    output.write = ((...args: unknown[]): boolean => {
      note(stream, args);
      return write.apply(output, args);
    }) as typeof output.write;
  }
}

function note(stream: Line['stream'], [data, encoding]: unknown[]): void {
  const text =
    typeof data === 'string'
      ? Buffer.from(data, encoding as BufferEncoding | undefined).toString()
      : Buffer.from(data as Uint8Array).toString();
  const id = invocationStorage.getStore()?.invocation?.executionId;
  const line = { number: ++count, id, stream, text: text.replace(/\x1b\[[0-9;]*m/g, '') };
  kept.push(line);
  if (kept.length > KEPT) kept.shift();
  for (const follower of followers) send(follower, line);
}

function send(res: HttpResponse, line: Line): void {
  res.write(`id: ${INSTANCE}/${line.number}\ndata: ${JSON.stringify(line)}\n\n`);
}
