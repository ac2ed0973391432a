// CloudEvents by hand, for the frameworks that know nothing of them; loaded on the first event.

/** Decodes a CloudEvent in binary, structured or batched mode (JSON) into a list of events. */
exports.decodeEvents = function decodeEvents(headers, body) {
  const type = headers['content-type'];
  if (type.startsWith('application/cloudevents-batch+json')) return JSON.parse(body);
  if (type.startsWith('application/cloudevents+json')) return [JSON.parse(body)];
  const isJson = type === 'application/json';
  const event = { datacontenttype: type, data: isJson ? JSON.parse(body) : body };
  for (const name in headers) {
    if (name.startsWith('ce-')) event[name.slice(3)] = headers[name];
  }
  return [event];
};

/** The only event that the others are sent: a single one with JSON. */
exports.decodeEvent = (headers, body) => exports.decodeEvents(headers, body)[0];

/** Throws unless the event is one that the workloads send, so that a subject cannot pretend. */
exports.checkEvent = function checkEvent(event) {
  if (event.type === 'google.cloud.firestore.document.v1.written') return checkDocument(event);
  if (event.specversion !== '1.0' || event.type !== 'com.example.order.placed') {
    throw new Error(`unexpected event: ${event.specversion} ${event.type}`);
  }
  if (event.id !== 'order-17' || event.data?.order !== 17) {
    throw new Error(`unexpected event: ${event.id}, order ${event.data?.order}`);
  }
};

/** A Firestore event has the bytes of a protocol buffer. */
function checkDocument({ id, document, data }) {
  const isRight =
    Buffer.isBuffer(data) && data.length === 300 && data[0] === 0x0a && data[299] === 0x2a;
  if (id !== 'write-3' || document !== 'orders/17' || !isRight) {
    throw new Error(`unexpected event: ${id} of ${document}`);
  }
}
