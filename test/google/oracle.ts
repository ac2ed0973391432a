// Google's Functions Framework as the oracle: what do functions of its event signatures receive?
import http from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before } from 'node:test';

/** A request to Google's package. */
export interface OracleRequest {
  body?: unknown;
  /** Attributes that travel as ce- headers (binary mode). */
  attributes?: Record<string, unknown>;
  /** @default '/' */
  path?: string;
  /** Sends a body of text as text/plain instead of as JSON. */
  text?: string;
}

/** Google's server with a function that answers with the arguments it received. */
export interface Oracle {
  /** What the function received, or the status of the refusal. */
  ask(request: OracleRequest): Promise<unknown>;
}

/** What an event function of Google's package receives. */
export const events = oracle('event', (data: unknown, context: unknown) => ({ data, context }));

/** What a CloudEvent function of Google's package receives. */
export const cloudEvents = oracle('cloudevent', (event: unknown) => event);

/** The server runs while the tests of the file do that imports this. */
function oracle(signatureType: 'event' | 'cloudevent', echo: unknown): Oracle {
  const file = path.resolve('node_modules/@google-cloud/functions-framework/build/src/server.js');
  let server: http.Server;
  before(async () => {
    const { getServer } = createRequire(import.meta.url)(file);
    server = getServer(echo, { signatureType, timeoutMilliseconds: 0, ignoredRoutes: null });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { ask: (request) => post((server.address() as AddressInfo).port, request) };
}

function post(port: number, { body, attributes = {}, path = '/', text }: OracleRequest) {
  const type = text === undefined ? 'application/json' : 'text/plain';
  const headers: Record<string, string> = { 'content-type': type };
  for (const [name, value] of Object.entries(attributes)) headers[`ce-${name}`] = String(value);
  return new Promise<unknown>((resolve, reject) => {
    const request = http.request({ port, path, headers, method: 'POST', agent: false });
    request.on('error', reject).on('response', async (response) => {
      let answer = '';
      for await (const chunk of response.setEncoding('utf8')) answer += chunk;
      resolve(response.statusCode === 200 ? JSON.parse(answer) : response.statusCode);
    });
    // A Buffer: with a string Node would write the header fields in UTF-8, too.
    request.end(Buffer.from(text ?? JSON.stringify(body)));
  });
}
