import { HttpError } from '../errors';

/** The refusal of an event that is not valid: 400 with what is wrong with it. */
export function invalidEvent(fault: string): HttpError {
  return new HttpError(400, 'INVALID_CLOUDEVENT', `The CloudEvent is not valid: ${fault}.`);
}

/**
 * Lets `JSON.stringify` write bytes as the JSON event format has them. Only events with bytes get
 * this hidden method: all others are their own JSON already.
 */
export function offerJson(event: Record<string, unknown>): void {
  if (Buffer.isBuffer(event['data'])) Object.defineProperty(event, 'toJSON', bytesAsJson);
}

const bytesAsJson = { value: toJson, configurable: true, writable: true };

// JSON format §3.1.1: bytes go into data_base64; in version 0.3 datacontentencoding marks them.
function toJson(this: Record<string, unknown>): Record<string, unknown> {
  const { data, ...attributes } = this;
  if (!Buffer.isBuffer(data)) return { ...this };
  const text = data.toString('base64');
  return this['specversion'] === '0.3'
    ? { ...attributes, datacontentencoding: 'base64', data: text }
    : { ...attributes, data_base64: text };
}
