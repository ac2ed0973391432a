import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HttpError } from '../../src/core/errors';

/** What became of a body: the value's kind and its JSON, which keeps the order of keys; or a refusal. */
export interface Outcome {
  status: number;
  kind?: string;
  json?: string;
  /** The refusal in words. */
  message?: string;
}

/** Google's Functions Framework on a port of its own, with a function that tells its body. */
export interface Reference {
  post(body: Buffer | string, headers: http.OutgoingHttpHeaders): Promise<Outcome>;
  close(): void;
}

export function describeValue(value: unknown): Outcome {
  if (value === undefined) return { status: 200, kind: 'undefined' };
  if (Buffer.isBuffer(value))
    return { status: 200, kind: 'Buffer', json: value.toString('base64') };
  const isPlain = typeof value !== 'object' || Object.getPrototypeOf(value) === Object.prototype;
  const kind = Array.isArray(value) ? 'array' : isPlain ? typeof value : 'odd object';
  return { status: 200, kind, json: JSON.stringify(value) };
}

/** Runs one of our decoders. */
export function outcomeOf(decode: () => unknown): Outcome {
  try {
    return describeValue(decode());
  } catch (error) {
    const { status, message } = error as HttpError;
    if (status === undefined) throw error;
    return { status, message };
  }
}

export async function startReference(): Promise<Reference> {
  // Keeps Express from printing the refusals
  process.env['NODE_ENV'] = 'test';
  const framework = await import('@google-cloud/functions-framework');
  const { getTestServer } = await import('@google-cloud/functions-framework/testing');
  framework.http('tell-body', (req, res) => {
    res.json(describeValue(req.body));
  });
  const server = getTestServer('tell-body');
  // A connection that the server closes while the client sends on it would fail a test.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new http.Agent({ keepAlive: true });
  return {
    post: (body, headers) => post({ port, agent, headers }, body),
    close: () => {
      agent.destroy();
      server.close();
    },
  };
}

function post(options: http.RequestOptions, body: Buffer | string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const req = http.request({ ...options, host: '127.0.0.1', method: 'POST' }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk) => {
        text += chunk;
      });
      res.on('end', () => resolve(readOutcome(res.statusCode as number, text)));
    });
    req.on('error', reject);
    req.setHeader('Content-Length', Buffer.byteLength(body));
    req.end(body);
  });
}

function readOutcome(status: number, text: string): Outcome {
  if (status === 200) return JSON.parse(text) as Outcome;
  const page = text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  return { status, message: page };
}
