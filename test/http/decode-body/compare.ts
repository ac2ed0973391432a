import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { decodeBody } from '../../../src/http/body/decode';
import { outcomeOf, type Reference, startReference } from '../reference-body';

let reference: Reference;

before(async () => {
  reference = await startReference();
});

after(() => reference.close());

/** A body that Functions Framework leaves unread has to come back from us as it is. */
export async function compare(
  body: Buffer | string,
  contentType: string | undefined,
): Promise<number> {
  const bytes = Buffer.from(body);
  const ours = outcomeOf(() => decodeBody(bytes, contentType));
  const headers = contentType === undefined ? {} : { 'Content-Type': contentType };
  const theirs = await reference.post(bytes, headers);
  const context = `${contentType}: ${bytes.toString('latin1').slice(0, 100)}`;
  if (ours.status !== 200) {
    assert.equal(ours.status, theirs.status, context);
    const charset = /unsupported charset "[^"]*"/.exec(theirs.message as string)?.[0] ?? '';
    assert.ok(ours.message?.startsWith(charset), `${ours.message} for ${charset}`);
  } else if (theirs.kind === 'undefined') {
    assert.equal(decodeBody(bytes, contentType), bytes, context);
  } else {
    assert.deepEqual(ours, theirs, context);
  }
  return ours.status;
}
