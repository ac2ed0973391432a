import type { createServer, Server } from 'node:http';
import type {
  CloudEventFunction,
  HandlerFunction,
  HttpFunction,
  InvocationRequest,
  InvocationResponse,
} from '@google-cloud/functions-framework';
import { getFunction, getTestServer } from '@google-cloud/functions-framework/testing';

const server: Server = getTestServer('hello');
server.listen(0, () => server.close());
// What supertest takes.
export const app: Parameters<typeof createServer>[0] | Server = server;

const found: HandlerFunction | undefined = getFunction('hello');
const handler = found as HttpFunction;
const consumer = getFunction('consume') as CloudEventFunction<{ id: string }>;
consumer({ specversion: '1.0', id: '1', source: '/', type: 't', data: { id: '1' } });

export { handler };

export function invoke(req: InvocationRequest, res: InvocationResponse): void {
  const body: string | Buffer = req.body();
  res.setHeader('X-Id', req.header('x-id') ?? '');
  res.write(body);
  res.end('');
}

// @ts-expect-error: a name is a string
getTestServer(1);
