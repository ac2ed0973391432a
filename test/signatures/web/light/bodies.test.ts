import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { test } from 'node:test';
import { lightFetch } from '../../../../src/signatures/web/light/fetch';
import { LightRequest } from '../../../../src/signatures/web/light/request';
import { LightResponse } from '../../../../src/signatures/web/light/response';

const undiciMajor = Number.parseInt(process.versions['undici'] ?? '', 10);
const classes = [LightResponse as never as typeof Response, Response];

/** A Blob as libraries have them: no instance of Node's class. */
class LibraryBlob {
  readonly #text: string;
  readonly type: string;
  constructor(text: string, type = 'text/x') {
    this.#text = text;
    this.type = type;
  }
  get size(): number {
    return Buffer.byteLength(this.#text);
  }
  get [Symbol.toStringTag](): string {
    return 'Blob';
  }
  stream(): ReadableStream {
    return new Blob([this.#text]).stream();
  }
}

class LibraryFile extends LibraryBlob {
  readonly name = 'file.txt';
  override get [Symbol.toStringTag](): string {
    return 'File';
  }
}

/** A FormData of a library. */
class LibraryForm {
  readonly #entries: [string, unknown][] = [];
  get [Symbol.toStringTag](): string {
    return 'FormData';
  }
  append(name: string, value: unknown): void {
    this.#entries.push([name, value]);
  }
  delete(): void {}
  get(): void {}
  getAll(): void {}
  has(): void {}
  set(): void {}
  [Symbol.iterator](): Iterator<[string, unknown]> {
    return this.#entries.values();
  }
}

function libraryForm(): LibraryForm {
  const form = new LibraryForm();
  form.append('field', 'value');
  form.append('library', new LibraryFile('content'));
  form.append('native', new File(['other'], 'other.txt'));
  return form;
}

/** The type and the text of a body, without the boundary of a form. */
async function readBody(response: Response): Promise<string[]> {
  const type = response.headers.get('content-type') ?? '';
  const [, boundary = 'none'] = type.split('boundary=');
  const text = (await response.text()).replaceAll(boundary, 'boundary');
  return [type.replace(boundary, 'boundary'), text.trim()];
}

for (const [kind, make, expected] of [
  ['Blob', () => new LibraryBlob('text é'), ['text/x', 'text é']],
  ['File', () => new LibraryFile('text'), ['text/x', 'text']],
] as const) {
  test(`a ${kind} of a library is a body, where Node’s own classes take it`, async () => {
    for (const Class of undiciMajor < 7 ? classes : classes.slice(0, 1)) {
      const response = new Class(make() as never);
      const clone = response.clone();
      const stream = new Class(make() as never).body as ReadableStream;
      let streamed = '';
      for await (const chunk of stream) streamed += Buffer.from(chunk).toString();
      assert.deepEqual(await readBody(response), expected);
      assert.deepEqual([await clone.text(), streamed], [expected[1], expected[1]]);
      assert.deepEqual([response.bodyUsed, clone.bodyUsed], [true, true]);
    }
  });
}

test('a FormData of a library is a body, with Blobs of the library and of Node', async () => {
  const [ours, theirs] = await Promise.all(
    classes.map((Class) => readBody(new Class(libraryForm() as never))),
  );
  assert.match(String(ours), /name="library"; filename="file.txt"[\s\S]*content\r\n/);
  assert.match(String(ours), /name="native"; filename="other.txt"[\s\S]*other\r\n/);
  if (undiciMajor < 7)
    assert.deepEqual(
      ours,
      theirs?.map((text) => text.trim()),
    );
});

test('the FormData of Node keeps a Blob of a library that it took', async (t) => {
  const form = new FormData();
  try {
    form.append('library', new LibraryBlob('content') as never);
  } catch {
    return t.skip('this FormData takes none');
  }
  const [ours, theirs] = await Promise.all(classes.map((Class) => readBody(new Class(form))));
  assert.deepEqual(ours, theirs);
});

test('fetch sends Blobs and forms of libraries', async (t) => {
  const server = http.createServer((req, res) => {
    res.setHeader('content-type', req.headers['content-type'] as string);
    req.pipe(res);
  });
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const send = async (body: unknown): Promise<string[]> => {
    const request = new LightRequest(url, { method: 'POST', body });
    return readBody(await lightFetch(request as never));
  };
  assert.deepEqual(await send(new LibraryBlob('text')), ['text/x', 'text']);
  assert.match(String(await send(libraryForm())), /filename="file.txt"[\s\S]*content\r\n/);
});

test('fetch adds no Content-Type that a program has removed from a Request', async (t) => {
  const server = http.createServer((req, res) => {
    req.resume();
    const { 'content-type': type, 'content-length': length } = req.headers;
    req.once('end', () => res.end(JSON.stringify([type, length])));
  });
  t.after(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const send = async (
    Class: typeof Request,
    makeBody: () => NonNullable<RequestInit['body']>,
  ): Promise<unknown[]> => {
    const init = { method: 'POST', body: makeBody() };
    const deleted = new Class(url, init);
    deleted.headers.delete('content-type');
    const replaced = new Class(new Class(url, init), { headers: { 'x-a': 'b' } });
    const requests = [deleted, replaced, new Class(url, init)];
    return Promise.all(requests.map(async (request) => (await lightFetch(request)).json()));
  };
  for (const makeBody of [
    () => 'text é',
    () => new URLSearchParams('a=b'),
    () => new Blob(['text'], { type: 'text/x' }),
    () => Buffer.from('text'),
  ]) {
    const [ours, theirs] = await Promise.all(
      [LightRequest as never as typeof Request, Request].map((Class) => send(Class, makeBody)),
    );
    assert.deepEqual(ours, theirs);
  }
});

test('a Readable that was read, or is broken, is no body', async () => {
  const read = Readable.from(['text']);
  for await (const _chunk of read);
  for (const Class of classes) {
    assert.throws(() => new Class(read as never), {
      name: 'TypeError',
      message: 'Response body object should not be disturbed or locked',
    });
  }
  const stream = new PassThrough();
  stream.end('text');
  assert.equal(await new LightResponse(stream).text(), 'text');
});

test('a buffer that was transferred is an empty body', async () => {
  const buffer = new ArrayBuffer(4);
  const view = new Uint8Array(buffer, 1);
  structuredClone(buffer, { transfer: [buffer] });
  assert.equal(await new LightResponse(buffer).text(), '');
  assert.equal(await new LightResponse(view).text(), '');
});

test('a program that changes a chunk changes it in the clone only where it does in Node’s', async () => {
  const [ours, theirs] = await Promise.all(
    classes.map(async (Class) => {
      // A stream of bytes copies its chunks on all versions.
      const start = (controller: ReadableStreamDefaultController): void => {
        controller.enqueue(Buffer.from('chunk'));
        controller.close();
      };
      const response = new Class(new ReadableStream({ start }));
      const clone = response.clone();
      const { value } = await (response.body as ReadableStream).getReader().read();
      value.fill(0);
      return clone.text();
    }),
  );
  assert.equal(ours, theirs);
});
