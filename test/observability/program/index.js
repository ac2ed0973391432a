const { http, cloudEvent } = require('barefn');

http('hello', async (req, res) => {
  const { trace } = require('@opentelemetry/api');
  if (req.path === '/throws') throw new Error('thrown');
  if (req.path === '/late') {
    setTimeout(() => {
      throw new Error('late');
    }, 10);
    return;
  }
  if (req.path === '/floating') {
    Promise.reject(new Error('floating'));
    return;
  }
  if (req.path === '/answered') {
    res.send('answered');
    setTimeout(() => {
      throw new Error('after the answer');
    }, 10);
    return;
  }
  await new Promise((resolve) => setTimeout(resolve, 5));
  await trace.getTracer('function').startActiveSpan('work', async (span) => {
    span.end();
  });
  res.send(trace.getActiveSpan()?.spanContext().traceId ?? 'no span');
});

cloudEvent('onOrder', (event) => {
  if (event.id === 'bad') throw new Error('bad order');
});
