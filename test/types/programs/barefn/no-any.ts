import {
  type CheckedCloudEvent,
  type CloudEvent,
  type CloudFunctionsContext,
  type Context,
  cloudEvent,
  event,
  http,
  type InvocationRequest,
  type InvocationResponse,
  type Request,
  type RequestContext,
  type Response,
  type SchemaIssue,
  type StandardSchema,
  typed,
  type WebBindings,
  web,
} from 'barefn';
import { decode, encode, type HttpError, isCloudEvent } from 'barefn/cloudevents';
import {
  createServer,
  type HttpRequest,
  type HttpResponse,
  type ServerOptions,
} from 'barefn/server';
import { getFunction, getTestServer, type InvokeRequest, type invoke } from 'barefn/testing';

type IsAny<T> = 0 extends 1 & T ? true : false;
/** The members of a type that are `any`, or return it. */
type AnyMembers<T> = {
  [Key in keyof T]-?: IsAny<T[Key]> extends true
    ? Key
    : T[Key] extends (...args: never[]) => infer Result
      ? IsAny<Result> extends true
        ? Key
        : never
      : never;
}[keyof T];
/** Takes what is not `any`. */
type Known<T> = IsAny<T> extends true ? never : T;
const known = <T>(_value: Known<T>): void => undefined;
const none = <_T extends never>(): void => undefined;

interface Order {
  id: string;
  lines: { sku: string; count: number }[];
}
declare const orders: StandardSchema<Order>;

// Of a request the body alone is anything; what node:http declares is node's.
none<Exclude<AnyMembers<HttpRequest>, 'body' | keyof import('node:http').IncomingMessage>>();
none<Exclude<AnyMembers<HttpResponse>, keyof import('node:http').ServerResponse>>();
none<AnyMembers<RequestContext>>();
none<AnyMembers<CloudEvent<Order>>>();
none<AnyMembers<CheckedCloudEvent<Order>>>();
none<AnyMembers<CloudFunctionsContext>>();
none<AnyMembers<InvocationRequest> | AnyMembers<InvocationResponse>>();
none<AnyMembers<SchemaIssue> | AnyMembers<WebBindings>>();
none<AnyMembers<ServerOptions>>();
none<AnyMembers<InvokeRequest> | AnyMembers<Awaited<ReturnType<typeof invoke>>>>();
none<AnyMembers<HttpError>>();

http('members', (req, res) => {
  known<Request>(req);
  known<Response>(res);
  known(req.query);
  known(req.get('accept'));
  known(req.signal);
  known(req.rawBody);
  known(req.ip);
  known(res.status(200));
  known(res.set('a', 'b'));
});
cloudEvent<Order>('data', (received) => {
  known(received);
  const lines: Order['lines'] | undefined = received.data?.lines;
  known(received.data?.lines[0]?.count);
  return lines?.length;
});
cloudEvent('unknown', (received) => {
  known(received.data);
  // @ts-expect-error: nobody knows what the data is
  received.data.id;
});
cloudEvent('checked', { data: orders }, (received) => {
  known(received.data.lines);
  // @ts-expect-error: orders have no total
  received.data.total;
});
cloudEvent('typed', { type: 'google.cloud.pubsub.topic.v1.messagePublished' }, (received) => {
  known(received.data);
  known(received.data.message.json);
  known(received.params);
});
event('context', (_data, context) => known<Context>(context));
typed('unknown', (input) => {
  known(input);
  return input;
});
typed('result', { input: orders, output: orders }, (order, req) => {
  known(order.lines);
  known(req);
  return order;
});
web('bindings', (request, bindings) => {
  known(request.url);
  known(bindings.incoming.path);
  return new globalThis.Response();
});

known(decode([]));
known(encode({ specversion: '1.0', id: '1', source: '/', type: 't' }).headers);
known(getFunction('members'));
known(getTestServer('members'));
known(createServer(() => undefined));
export const check = (value: unknown): void => {
  if (isCloudEvent(value)) known(value.data);
};
