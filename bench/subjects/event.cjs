// CloudEvents by hand, for the frameworks that know nothing of them; loaded on the first event.

/** Decodes a binary or structured CloudEvent (JSON data) from lower-case fields and the body. */
exports.decodeEvent = function decodeEvent(headers, body) {
  if (headers['content-type'].startsWith('application/cloudevents+json')) return JSON.parse(body);
  const event = { datacontenttype: headers['content-type'], data: JSON.parse(body) };
  for (const name in headers) {
    if (name.startsWith('ce-')) event[name.slice(3)] = headers[name];
  }
  return event;
};

/** Throws unless the event is the one that the workload sends, so that a subject cannot pretend. */
exports.checkEvent = function checkEvent(event) {
  if (event.specversion !== '1.0' || event.type !== 'com.example.order.placed') {
    throw new Error(`unexpected event: ${event.specversion} ${event.type}`);
  }
  if (event.id !== 'order-17' || event.data?.order !== 17) {
    throw new Error(`unexpected event: ${event.id}, order ${event.data?.order}`);
  }
};
