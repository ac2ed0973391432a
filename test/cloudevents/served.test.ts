import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { CloudEvent } from '../../src/cloudevents/event';
import { exchangeBytes, type Reply, serve } from '../support/wire';
import { type DecodeVector, decodeVectors } from './vectors';

/** What the function got since it was last looked at. */
let received: CloudEvent[] = [];
let port: number;
before(async () => {
  const handler = (event: CloudEvent): void => void received.push(event);
  ({ port } = await serve(handler, { signatureType: 'cloudevent' }));
});

type Framing = 'sized' | 'chunked';

function messageOf({ headers, body }: DecodeVector, framing: Framing): Buffer {
  const fields = headers.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
  const head = `POST /some/path/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${fields}`;
  if (framing === 'sized') {
    // Without a body there is no Content-Length: a message that ends with its head.
    const length = body.length > 0 ? `Content-Length: ${body.length}\r\n` : '';
    return Buffer.concat([Buffer.from(`${head}${length}\r\n`, 'latin1'), body]);
  }
  const parts = [body.subarray(0, 3), body.subarray(3)].filter((part) => part.length > 0);
  const chunks = parts.flatMap((part) => [`${part.length.toString(16)}\r\n`, part, '\r\n']);
  return Buffer.concat(
    [`${head}Transfer-Encoding: chunked\r\n\r\n`, ...chunks, '0\r\n\r\n'].map((part) =>
      Buffer.isBuffer(part) ? part : Buffer.from(part, 'latin1'),
    ),
  );
}

async function deliver(vector: DecodeVector, framing: Framing): Promise<Reply> {
  received = [];
  return exchangeBytes(port, messageOf(vector, framing));
}

/** Where the server takes more than the codec alone does: any JSON may be a structured event. */
function expectedOf({ about, expected }: DecodeVector): DecodeVector['expected'] {
  if (about.startsWith('traceparent')) return { ...expected, traceparent: '00-2-2-01' };
  if (/^application\/(cloudevent\+)?json$/.test(about))
    return { status: 400, says: /required attribute/ };
  return expected;
}

for (const framing of ['sized', 'chunked'] as const) {
  test(`every vector has its outcome over a connection, ${framing}`, async (t) => {
    for (const vector of decodeVectors) {
      const expected = expectedOf(vector);
      const kind = /^ce-/i.test(vector.headers[0] ?? '') ? 'binary' : vector.headers[1];
      await t.test(`${vector.about} (${kind})`, async () => {
        const { status, head, body } = await deliver(vector, framing);
        if ('says' in expected && expected.says instanceof RegExp) {
          assert.equal(status, expected.status, body);
          assert.match(Buffer.from(body, 'latin1').toString(), expected.says);
          assert.match(head, /\r\nContent-Type: text\/plain; charset=utf-8\r\n/);
          assert.deepEqual(received, []);
        } else {
          assert.equal(status, 204, body);
          assert.equal(body, '');
          assert.deepEqual(received, Array.isArray(expected) ? expected : [expected]);
        }
      });
    }
  });
}
