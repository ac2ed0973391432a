import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type FormCharset, parseForm as parseBytes } from '../../src/http/body/form';
import { outcomeOf, type Reference, startReference } from './reference-body';

let reference: Reference;
before(async () => {
  reference = await startReference();
});
after(() => reference.close());

function parseForm(form: string, charset: FormCharset = 'utf-8'): Record<string, unknown> {
  return parseBytes(Buffer.from(form, charset === 'utf-8' ? 'utf8' : 'latin1'), charset);
}

async function compare(form: string, charset: FormCharset = 'utf-8'): Promise<void> {
  const bytes = Buffer.from(form, charset === 'utf-8' ? 'utf8' : 'latin1');
  const theirs = await reference.post(bytes, {
    'Content-Type': `application/x-www-form-urlencoded; charset=${charset}`,
  });
  const ours = outcomeOf(() => parseForm(form, charset));
  if (ours.status !== 200) assert.equal(ours.status, theirs.status, form.slice(0, 200));
  else assert.deepEqual(ours, theirs, form.slice(0, 200));
}

const table: [form: string, value: unknown][] = [
  ['a=1&b=2', { a: '1', b: '2' }],
  ['a[b]=1', { a: { b: '1' } }],
  ['a%5Bb%5D=1', { a: { b: '1' } }],
  ['a[]=1', { a: ['1'] }],
  ['a[0]=x', { a: ['x'] }],
  ['a[1]=x&a[0]=y', { a: ['y', 'x'] }],
  ['a[100]=x', { a: { 100: 'x' } }],
  ['a=1&a=2', { a: ['1', '2'] }],
  ['a=1&a[b]=2', { a: ['1', { b: '2' }] }],
  ['a[][b]=1&a[][b]=2', { a: [{ b: ['1', '2'] }] }],
  ['a[b[c]]=1', { a: { 'b[c]': '1' } }],
  ['a[b=1', { a: { '[b': '1' } }],
  ['a', { a: '' }],
  ['=1', {}],
  ['&&a=1&', { a: '1' }],
  ['a=b=c', { a: 'b=c' }],
  ['a=+%2B%20', { a: ' + ' }],
  ['a=%E4', { a: '%E4' }],
  ['a=%C3%A4', { a: 'ä' }],
  ['hasOwnProperty=1', { hasOwnProperty: '1' }],
];

for (const [form, value] of table) {
  test(`${form} is read as ${JSON.stringify(value)}, and by Functions Framework too`, async () => {
    assert.deepEqual(parseForm(form), value);
    await compare(form);
  });
}

test('a percent sign stands for a Latin-1 character in a Latin-1 form', () => {
  assert.deepEqual(parseForm('%FC=%E4%80', 'iso-8859-1'), { ü: 'ä\x80' });
});

const segment = fc.constantFrom(
  ...['[]', '[]', '[0]', '[1]', '[2]', '[99]', '[100]', '[101]', '[b]', '[c]', '[__proto__]'],
  ...['[constructor]', '[length]', '[', 'x', ']', '%5B', '%5d', '[b[c]]', '[00]', '[-1]', '[1e3]'],
);
const name = fc.constantFrom('a', 'a', 'a', 'b', '', '5', '__proto__', 'toString', '%61', 'a+');
const value = fc.constantFrom(
  ...['=1', '=2', '=x', '=', '', '=b', '=%E4', '=+%2B', '=%C3%A4', '=a=b', '=0', '=%', '=%zz'],
);
const parameter = fc
  .tuple(name, fc.array(segment, { maxLength: 3 }), value)
  .map(([key, segments, suffix]) => key + segments.join('') + suffix);
const charset = fc.constantFrom<FormCharset>('utf-8', 'iso-8859-1');

test('thousands of forms are read as by Functions Framework', async () => {
  const form = fc.array(parameter, { minLength: 1, maxLength: 7 }).map((list) => list.join('&'));
  await fc.assert(fc.asyncProperty(form, charset, compare), { numRuns: 3000 });
});

test('noise is read as by Functions Framework', async () => {
  const letter = fc.constantFrom(...'a0[]=&%5Bd+é\u0000'.split(''));
  const noise = fc.string({ unit: letter, maxLength: 30 });
  await fc.assert(fc.asyncProperty(noise, charset, compare), { numRuns: 1500 });
});

test('what URLSearchParams writes is read back', () => {
  const word = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/[[\]]/.test(text));
  const pairs = fc.dictionary(
    word.filter((key) => key !== '__proto__'),
    word,
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(pairs, (object) => {
      const form = new URLSearchParams(object).toString();
      assert.deepEqual(parseForm(form), Object.fromEntries(new URLSearchParams(form)));
    }),
    { numRuns: 1000 },
  );
});

const repeat = (count: number, parameterOf: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => parameterOf(index)).join('&');

const boundaries: [name: string, form: string, status: number][] = [
  ['1000 parameters', repeat(1000, (i) => `p${i}=1`), 200],
  ['1001 parameters', repeat(1001, (i) => `p${i}=1`), 413],
  ['1001 empty parameters', '&'.repeat(1000), 413],
  ['32 brackets', `a${'[b]'.repeat(32)}=1`, 200],
  ['33 brackets', `a${'[b]'.repeat(33)}=1`, 400],
  ['33 empty brackets', `a${'[]'.repeat(33)}=1`, 400],
  ['an array of 1000', repeat(1000, () => 'a[]=1'), 200],
  ['an array of 120 by index', repeat(120, (i) => `a[${i}]=1`), 200],
  ['index 119 of 120', repeat(120, (i) => (i === 0 ? 'b[119]=1' : `a${i}=1`)), 200],
  ['index 120 of 120', repeat(120, (i) => (i === 0 ? 'b[120]=1' : `a${i}=1`)), 200],
];

for (const [what, form, status] of boundaries) {
  test(`a form with ${what} is answered with ${status}, like Functions Framework`, async () => {
    assert.equal(outcomeOf(() => parseForm(form)).status, status);
    await compare(form);
  });
}

test('no key reaches a prototype', () => {
  const before = Reflect.ownKeys(Object.prototype);
  for (const key of ['__proto__', 'constructor', 'a', 'a[]', 'a[0]', 'toString', '']) {
    for (const rest of ['', '[__proto__]', '[constructor]', '[x]', '[__proto__][x]', '[]']) {
      for (const end of ['[x]', '[prototype][x]', '[__proto__][x]', '[0]', '']) {
        const form = parseForm(`${key}${rest}${end}=1&${key}=2&${key}${rest}=3`);
        assert.equal(Object.getPrototypeOf(form), Object.prototype);
        assert.ok(!Object.hasOwn(form, '__proto__'));
      }
    }
  }
  assert.deepEqual(Reflect.ownKeys(Object.prototype), before);
  assert.equal(({} as Record<string, unknown>)['x'], undefined);
});

const million = 1_000_000;
const hostile: [name: string, form: string][] = [
  ['a million ampersands', '&'.repeat(million)],
  ['a million equals signs', '='.repeat(million)],
  ['a million opening brackets', `a${'['.repeat(million)}`],
  ['a million closing brackets', `a${']'.repeat(million)}`],
  ['a million nested brackets', `a${'['.repeat(million)}${']'.repeat(million)}=1`],
  ['a million groups', `a${'[b]'.repeat(million)}=1`],
  ['1000 keys with text after a group', repeat(1000, (i) => `a${i}[b]${'x'.repeat(1000)}=1`)],
  ['a million percent signs', `a=${'%'.repeat(million)}`],
  ['a million escaped brackets', `a${'%5B'.repeat(million)}`],
  ['a million plus signs', '+'.repeat(million)],
  ['a million closed keys', 'a]='.repeat(million)],
  ['999 open groups', repeat(999, (i) => `a${i}${'['.repeat(1000)}=1`)],
];

for (const [what, form] of hostile) {
  test(`a form of ${what} takes no more than linear time`, () => {
    const start = process.cpuUsage();
    outcomeOf(() => parseForm(form));
    const took = process.cpuUsage(start).user / 1000;
    // Measured: up to 60 ms. Quadratic time would be minutes
    assert.ok(took < 1500, `took ${Math.round(took)} ms`);
  });
}

test('high indexes reserve no memory for what lies below them', () => {
  const form = repeat(1000, (i) => `p${i}${'[999]'.repeat(32)}=1`);
  const before = process.memoryUsage().heapUsed;
  const value = parseForm(form);
  const grown = process.memoryUsage().heapUsed - before;
  assert.equal(Object.keys(value).length, 1000);
  // An array of 1000 entries for each would take 250 MB
  assert.ok(grown < 64e6, `grew by ${Math.round(grown / 1e6)} MB`);
});
