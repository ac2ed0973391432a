import fc from 'fast-check';

/** An operation of operations.cjs: its name and its arguments. */
export type Operation = [name: string, ...args: unknown[]];

const NAMES = ['x-a', 'X-A', 'accept', 'Content-Type', 'set-cookie', 'Cookie', 'content-length'];
export const headerName = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...NAMES) },
  fc.constantFrom('', 'a b', 'é', 'a:', '€', '__proto__', 'constructor'),
  fc.string({ maxLength: 3 }),
);
export const headerValue = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('1', 'text/html', 'application/json', 'a=b; c') },
  fc.constantFrom('', ' a ', '\ta\r\n', 'a\0', 'a\nb', 'ä', '€', '\x01', ' ', 'a\x7fb'),
  fc.string({ maxLength: 5 }),
);
// undici loses a member of this name.
const memberName = headerName.filter((name) => name !== '__proto__');
const pair = fc.tuple(headerName, headerValue);
export const headersInit = fc.oneof(
  { weight: 4, arbitrary: fc.array(pair, { maxLength: 4 }) },
  {
    weight: 4,
    arbitrary: fc.dictionary(memberName, headerValue, { maxKeys: 4, noNullPrototype: true }),
  },
  fc.constantFrom(
    undefined,
    null,
    'text',
    5,
    [['a']],
    [['a', 'b', 'c']],
    ['ab'],
    { a: 5 },
    [[1, 2]],
    [],
  ),
);

export const bodyText = fc.oneof(
  fc.constantFrom('', '{"a":1}', 'text', '\ufeffmark', 'half \ud800', 'a=b&c=%20d', '[1'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const FORM = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n';

/** How a body is made; each class gets its own. */
export const body = fc.oneof(
  fc.record({
    kind: fc.constantFrom('text', 'params', 'stream', 'blob'),
    text: bodyText,
  }),
  fc.record({ kind: fc.constant('bytes'), bytes: fc.uint8Array({ maxLength: 8 }) }),
  fc.record({ kind: fc.constant('buffer'), bytes: fc.uint8Array({ maxLength: 8 }) }),
  fc.record({ kind: fc.constant('value'), value: fc.constantFrom(null, undefined, 5, {}, true) }),
  fc.record({ kind: fc.constant('form'), text: bodyText }),
  fc.constant({ kind: 'text', text: FORM }),
  fc.record({ kind: fc.constantFrom('locked', 'numbers'), text: bodyText }),
);
export type Body = { kind: string; text?: string; bytes?: Uint8Array; value?: unknown };

export function makeBody({ kind, text = '', bytes, value }: Body): unknown {
  switch (kind) {
    case 'params':
      return new URLSearchParams(text);
    case 'stream':
      return new Blob([text.slice(0, 2), text.slice(2)]).stream();
    case 'blob':
      return new Blob([text], { type: text === 'text' ? 'text/plain' : '' });
    case 'bytes':
      return bytes;
    case 'buffer':
      return bytes?.slice().buffer;
    case 'form': {
      const form = new FormData();
      form.append('a"b', text);
      form.append('file', new Blob([text], { type: 'text/x' }), 'n\nm');
      return form;
    }
    case 'locked': {
      const stream = new Blob([text]).stream();
      stream.getReader();
      return stream;
    }
    case 'numbers':
      return ReadableStream.from([1, 2]);
    case 'value':
      return value;
    default:
      return text;
  }
}

const consume: fc.Arbitrary<Operation> = fc.constantFrom(
  ...['text', 'json', 'arrayBuffer', 'bytes', 'blob', 'formData'].map(
    (name): Operation => ['consume', name],
  ),
);
const headerOperation: fc.Arbitrary<Operation> = fc.oneof(
  fc.tuple(fc.constant('header'), fc.constantFrom('get', 'has', 'delete'), headerName),
  fc.tuple(fc.constant('header'), fc.constantFrom('append', 'set'), headerName, headerValue),
  fc.constantFrom<Operation>(
    ['header', 'getSetCookie'],
    ['header', 'entries'],
    ['header', 'keys'],
    ['header', 'values'],
    ['header', 'get'],
    ['header', 'set', 'a'],
    ['read', 'headers'],
  ),
);
const others: fc.Arbitrary<Operation> = fc.constantFrom<Operation>(
  ['read', 'body'],
  ['read', 'bodyUsed'],
  ['clone', true],
  ['clone', false],
  ['other'],
  ['chunk'],
  ['lock'],
  ['cancel'],
  ['tee'],
  ['iterate'],
  ['wrap'],
  ['attributes'],
  ['kinds'],
);
/** What programs do with a request or a response. */
export const operations = fc.array(fc.oneof(consume, headerOperation, others), { maxLength: 8 });
export const headerOperations = fc.array(headerOperation, { maxLength: 8 });
