import assert from 'node:assert/strict';
import http, { type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, test } from 'node:test';
import express from 'express';
import { HttpRequest } from '../../../src/http/request/request';
import { HttpResponse } from '../../../src/http/response/response';

// Express's public types and ours differ; the handlers here are written against both at once.
export type Handler = (req: any, res: any) => unknown;

/** A response as its client sees it. */
export interface Parts {
  status: string;
  /** Without Date, sorted. */
  fields: string[];
  body: string;
}

export const GET = 'GET /';

let handler: Handler;
let ours: Server;
let theirs: Server;

before(async () => {
  const app = express();
  app.set('etag', false);
  app.disable('x-powered-by');
  app.enable('trust proxy');
  app.use((req, res) => run(req, res));
  theirs = http.createServer(app);
  ours = http.createServer(
    { IncomingMessage: HttpRequest, ServerResponse: HttpResponse as any },
    (req, res) => run(req, res),
  );
  for (const server of [ours, theirs]) {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  }
});
after(() => {
  for (const server of [ours, theirs]) server.close();
});

/** Tests that Express answers each of the requests as we do: the line of its head, then fields. */
export function answersLikeExpress(name: string, handle: Handler, ...requests: string[]): void {
  test(`answers like Express: ${name}`, async () => {
    for (const request of requests.length > 0 ? requests : [GET, 'HEAD /', 'POST /']) {
      handler = handle;
      const expected = await ask(theirs, request);
      assert.deepEqual(await ask(ours, request), expected, `${handle} for ${request}`);
    }
  });
}

/** What we answer to a GET of `/`. */
export function answerOf(handle: Handler): Promise<Parts> {
  handler = handle;
  return ask(ours, GET);
}

function run(req: any, res: any): void {
  req.res ??= res;
  try {
    handler(req, res);
  } catch (error) {
    if (res.headersSent) return void res.destroy();
    for (const name of res.getHeaderNames()) res.removeHeader(name);
    res.statusCode = 599;
    res.end((error as Error).name);
  }
}

function ask(server: Server, request: string): Promise<Parts> {
  const [line, ...fields] = request.split('\n');
  const head = [`${line} HTTP/1.1`, 'Host: a.test', 'Connection: close', ...fields];
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.setTimeout(3000, () => socket.destroy(new Error(`no answer to ${request}`)));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(partsOf(Buffer.concat(chunks).toString('latin1'))));
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
  });
}

function partsOf(answer: string): Parts {
  const end = answer.indexOf('\r\n\r\n');
  const [status = '', ...fields] = answer.slice(0, end).split('\r\n');
  const kept = fields.filter((field) => !/^date:/i.test(field));
  return { status, fields: kept.sort(), body: answer.slice(end + 4) };
}
