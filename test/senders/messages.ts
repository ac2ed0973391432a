import type { CloudEvent } from '../../src/cloudevents/event';
import { exchangeBytes, type Reply, serve } from '../support/wire';

/** A message as its sender writes it. */
export interface Message {
  method?: string;
  path?: string;
  /** Field lines, each with its name as the sender writes it. */
  head: readonly string[];
  body?: string | Buffer;
}

/** Sends messages, byte for byte, to a function that keeps its events. */
export async function receiver(
  reply: (event: CloudEvent) => unknown = () => undefined,
  options: { webhookAllowedOrigins?: string } = {},
): Promise<(message: Message) => Promise<Reply & { events: CloudEvent[] }>> {
  let events: CloudEvent[] = [];
  const handler = (event: CloudEvent): unknown => {
    events.push(event);
    return reply(event);
  };
  const { port } = await serve(handler, { ...options, signatureType: 'cloudevent' });
  return async ({ method = 'POST', path = '/', head, body = '' }) => {
    events = [];
    const bytes = Buffer.from(body as string);
    const framing =
      method === 'OPTIONS' && bytes.length === 0 ? [] : [`Content-Length: ${bytes.length}`];
    const lines = [
      `${method} ${path} HTTP/1.1`,
      'Host: function.example.com',
      'Connection: close',
      ...head,
      ...framing,
    ];
    // Field values are bytes: senders write UTF-8.
    const text = `${lines.join('\r\n')}\r\n\r\n`;
    const answer = await exchangeBytes(port, Buffer.concat([Buffer.from(text, 'utf8'), bytes]));
    return { ...answer, events };
  };
}

/** The value of a field of an answer. */
export function fieldOf({ head }: Reply, name: string): string | undefined {
  const line = head.split('\r\n').find((text) => text.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}
