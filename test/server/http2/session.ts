import { once } from 'node:events';
import http2 from 'node:http2';
import type { TestContext } from 'node:test';
import type { Registration } from '../../../src/core/registry';
import type { ServeOptions } from '../../../src/server/serve';
import type { Request, Response } from '../../../src/types/express';
import { serve } from '../../support/serving';

export interface Answer {
  status: number | undefined;
  headers: http2.IncomingHttpHeaders;
  text: string;
}

/** Sends one request over a session, and reads the whole answer. */
export async function ask(
  session: http2.ClientHttp2Session,
  fields: http2.OutgoingHttpHeaders = {},
  body?: string | Buffer,
): Promise<Answer> {
  const stream = session.request(fields, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
  const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += chunk;
  return { status: headers[':status'] as unknown as number, headers, text };
}

export async function served(
  t: TestContext,
  type: Registration['type'],
  handler: (...args: never[]) => unknown,
  options: ServeOptions = {},
) {
  const { origin, port, inFlight } = await serve(t, { type, handler }, { ...options, http2: true });
  const session = http2.connect(origin);
  t.after(() => session.destroy());
  return { session, origin, port, inFlight };
}

export const ECHO = (req: Request, res: Response): void => {
  const { method, path, query, body, hostname, ip, protocol } = req;
  res.set('X-Type', String(req.get('content-type')));
  res.json({ method, path, query, body, hostname, ip, protocol });
};
