import type {
  CloudEvent,
  CloudEventFunction,
  CloudEventFunctionWithCallback,
  CloudFunctionsContext,
  Context,
  Data,
  EventFunction,
  EventFunctionWithCallback,
  HandlerFunction,
  LegacyCloudFunctionsContext,
  LegacyEvent,
} from '@google-cloud/functions-framework';
import * as ff from '@google-cloud/functions-framework';

interface Order {
  id: string;
  lines: number[];
}

ff.cloudEvent('untyped', (event: CloudEvent<unknown>) => {
  const source: string = event.source;
  const extension: unknown = event['comexampleextension'];
  return { source, extension };
});

ff.cloudEvent<Order>('generic', (event: CloudEvent<Order>) => event.data?.lines.length);

ff.cloudEvent('parameter', async (event: CloudEvent<Order>) => {
  const time: string | undefined = event.time;
  const bytes: string | undefined = event.data_base64;
  console.log(event.id, event.type, event.subject, event.dataschema, time, bytes);
  // @ts-expect-error: the data is an order
  event.data?.total;
});

const callbackStyle: CloudEventFunctionWithCallback<Order> = (event, callback) => {
  callback(null, event.data?.id);
};
ff.cloudEvent('callback', callbackStyle);

const returning: CloudEventFunction = (event) => event.data;
const typed: CloudEventFunction<Order> = (event) => event.data?.id;

export const background: EventFunction = (data: object, context: Context) => {
  if ('eventId' in context) console.log(data, context.eventId);
};
const withCallback: EventFunctionWithCallback = (_data, context, callback: Function) => {
  const { eventType, resource, timestamp } = context as CloudFunctionsContext;
  callback(null, { eventType, resource, timestamp });
};
const pubsub = (message: { data?: string; attributes?: Record<string, string> }, _: Context) =>
  Buffer.from(message.data ?? '', 'base64').toString();

export const handlers: HandlerFunction[] = [background, withCallback, returning];
export const one: HandlerFunction<Order> = typed;
export const loose: EventFunction = pubsub as EventFunction;

export const legacy: LegacyEvent = {
  data: { bucket: 'b', name: 'n' },
  context: {
    eventId: '1',
    timestamp: '2020-01-01T00:00:00Z',
    eventType: 'google.storage.object.finalize',
    resource: { service: 'storage.googleapis.com', name: 'projects/_/buckets/b' },
  },
};
const wrapped: Data = { data: {} };
export const contexts: LegacyCloudFunctionsContext[] = [wrapped, legacy.context];

export const event: CloudEvent<Order> = {
  specversion: '1.0',
  id: '1',
  source: '/shop',
  type: 'com.example.order',
  data: { id: '7', lines: [1] },
};
background(legacy.data, legacy.context);
returning(event);

// @ts-expect-error: an event has a source
export const incomplete: CloudEvent<Order> = { specversion: '1.0', id: '1', type: 't' };
