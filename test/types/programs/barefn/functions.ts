import {
  cloudEvent,
  event,
  HttpError,
  http,
  NonRetryableError,
  onShutdown,
  onStartup,
  type Request,
  type SignatureType,
  type StandardSchema,
  typed,
  web,
} from 'barefn';

type IsAny<T> = 0 extends 1 & T ? true : false;
export const requestHasTypes: IsAny<Request> = false;
export const type: SignatureType = 'web';

declare const order: StandardSchema<{ id: string }>;

http('hello', (req, res) => {
  const signal: AbortSignal | undefined = req.signal;
  const trace: string | undefined = req.traceId;
  res.send(`${signal?.aborted} ${trace} ${req.query['name']}`);
});
cloudEvent('inferred', (received) => received.source.length);
cloudEvent<string>('text', (received, callback) => callback(null, received.data?.length));
cloudEvent('strict', { data: order }, (received) => {
  const id: string = received.data.id;
  if (id === '') throw new NonRetryableError('No id.', { cause: received });
});
event('onFile', (data, context) => console.log(data.name, context));
typed('add', ({ a, b }: { a: number; b: number }) => a + b);
typed('order', { input: order }, ({ id }) => id.length);
// @ts-expect-error: the schema's input has no total
typed('wrong', { input: order }, ({ total }) => total);
typed('found', { input: order, output: order }, async ({ id }) => {
  if (id === '') throw new HttpError(404, 'NO_ORDER', 'No order.', { headers: { 'X-Id': id } });
  return id === '7' ? { id } : Response.json({ missing: id }, { status: 410 });
});
web('fetch', async (request) => new Response(await request.text()));
web('object', { fetch: () => new Response('Hello') });
onStartup(() => console.log('up'));
onShutdown(async () => console.log('down'));
// @ts-expect-error: a web function makes a response
web('text', () => 'Hello');
