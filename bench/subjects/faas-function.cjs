// The function served by faas-js-runtime, which knows only the path "/".
exports.handle = (context, body) => {
  if (context.cloudevent) {
    require('./event.cjs').checkEvent(context.cloudevent);
    return null;
  }
  if (context.method === 'GET') return 'Hello, World!';
  if (Buffer.isBuffer(body)) return String(body.length);
  return { body };
};
