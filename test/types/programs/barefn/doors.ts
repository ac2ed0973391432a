import type { Server } from 'node:http';
import {
  BarefnError,
  type CloudEvent,
  decode,
  encode,
  HttpError,
  isCloudEvent,
} from 'barefn/cloudevents';
import { createServer, type ServerOptions } from 'barefn/server';
import { getFunction, getTestServer, type InvokeResponse, invoke } from 'barefn/testing';

const options: ServerOptions = { timeout: 5, bodyLimit: 1024 };
const embedded: Server = createServer((_req, res) => {
  res.send('Hello');
}, options);
embedded.listen(0);
createServer({ fetch: () => new Response('Hello') });
createServer((event: CloudEvent<string>) => event.data, { signatureType: 'cloudevent' });
const plain: Server = getTestServer('hello', { ...options, signatureType: 'http' });
plain.close();

export async function call(): Promise<string> {
  const answer: InvokeResponse = await invoke('hello', { method: 'PUT', body: { a: 1 } });
  await invoke((req, res) => res.send(req.path));
  const handler = getFunction('hello');
  return `${answer.status} ${answer.headers['content-type']} ${answer.body} ${typeof handler}`;
}

export function relay(headers: Headers, body: string): Uint8Array | string | undefined {
  try {
    const decoded: CloudEvent | CloudEvent[] = decode(headers, body);
    return Array.isArray(decoded) ? encode(decoded, 'batch').body : encode(decoded).body;
  } catch (error) {
    if (error instanceof HttpError) return String(error.status);
    if (error instanceof BarefnError) return error.code;
    throw error;
  }
}

export const narrowed = (value: unknown): string => (isCloudEvent(value) ? value.id : '');
// @ts-expect-error: a batch is an array
encode({ specversion: '1.0', id: '1', source: '/', type: 't' }, 'batch');
