import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, encode } from '../../src/cloudevents';

const base = { specversion: '1.0', id: 'A1', source: '/s', type: 'com.example.t' };

/** How the header of an attribute has a character (HTTP binding §3.1.3.2). */
function headerOf(character: string): string {
  if (/^[!#$&-~]$/.test(character)) return character;
  const bytes = [...Buffer.from(character)];
  return bytes.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** Spec, Type System: controls, surrogates and noncharacters are in no String. */
function isInNoString(point: number): boolean {
  const isControl = point < 0x20 || (point >= 0x7f && point < 0xa0);
  const isNoncharacter = (point & 0xfffe) === 0xfffe || (point >= 0xfdd0 && point <= 0xfdef);
  return isControl || isNoncharacter || (point >= 0xd800 && point < 0xe000);
}

/** Where rules change, every character is tried; what lies between is alike. */
function isNearRule(point: number): boolean {
  const near = point & 0xffff;
  if (point < 0x300 || near >= 0xfdc0) return true;
  return (point >= 0xd6f0 && point < 0xd810) || (point >= 0xdef0 && point < 0xe010);
}

test('every kind of character goes into a header as the binding says and comes back, or is refused', () => {
  for (let point = 0; point < 0x110000; point += isNearRule(point) ? 1 : 257) {
    const subject = `a${String.fromCodePoint(point)}b`;
    const name = `U+${point.toString(16)}`;
    if (isInNoString(point)) {
      assert.throws(() => encode({ ...base, subject }), { code: 'INVALID_CLOUDEVENT' }, name);
      continue;
    }
    const { headers } = encode({ ...base, subject });
    assert.equal(headers['ce-subject'], `a${headerOf(String.fromCodePoint(point))}b`, name);
    assert.deepEqual(decode(headers), { ...base, subject }, name);
  }
});
