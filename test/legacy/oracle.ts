// Google's Functions Framework as the oracle: what do functions of its event signatures receive?
import http from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

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

/** Answers of a running server of Google's package. */
export interface Oracle {
  /** What the function received, or the status of the refusal. */
  ask(request: OracleRequest): Promise<unknown>;
  close(): void;
}

/** Starts Google's server with a function that answers with the arguments it received. */
export async function startOracle(signatureType: 'event' | 'cloudevent'): Promise<Oracle> {
  const file = path.resolve('node_modules/@google-cloud/functions-framework/build/src/server.js');
  const { getServer } = createRequire(import.meta.url)(file);
  const echo =
    signatureType === 'event'
      ? (data: unknown, context: unknown) => ({ data, context })
      : (event: unknown) => event;
  const options = { signatureType, timeoutMilliseconds: 0, ignoredRoutes: null };
  const server: http.Server = getServer(echo, options);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ask: (request) => post(port, request),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
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
