import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { installLightClasses } from '../../../../src/signatures/web/globals';
import { LightHeaders } from '../../../../src/signatures/web/light/headers';
import { LightRequest } from '../../../../src/signatures/web/light/request';
import { LightResponse } from '../../../../src/signatures/web/light/response';

const light = { Headers: LightHeaders, Request: LightRequest, Response: LightResponse };
type Classes = typeof light;
const native = { Headers, Request, Response } as never as Classes;

function compare(run: (classes: Classes) => unknown): void {
  const [ours, theirs] = [light, native].map(run);
  assert.deepEqual(ours, theirs);
}

/** The names of members that programs see, with their kind, flags and number of parameters. */
function membersOf(target: object): Record<string, unknown> {
  const members: Record<string, unknown> = {};
  for (const name of Object.getOwnPropertyNames(target)) {
    const { value, get, set, enumerable, configurable, writable } =
      Object.getOwnPropertyDescriptor(target, name) ?? {};
    // A static block of undici that misses `constructor` leaves this one.
    if (name === 'attribute' || name === 'prototype') continue;
    const kind = typeof value === 'function' ? [value.name, value.length] : typeof value;
    members[name] = [kind, get?.name, set === undefined, enumerable, configurable, writable];
  }
  return members;
}

for (const name of ['Headers', 'Request', 'Response'] as const) {
  test(`${name} has the members of Node’s own class`, () => {
    compare((classes) => [membersOf(classes[name]), membersOf(classes[name].prototype)]);
  });
}

test('console.log shows the attributes that Node’s own show, in their order', () => {
  compare(({ Request, Response, Headers }) => {
    const init = { method: 'POST', body: 'x', headers: { a: 'b' } };
    const error = Response.error();
    return [new Request('http://h/', init), new Response(null, { status: 204 }), error]
      .concat({ nested: { deep: new Headers({ a: 'b' }) } } as never)
      .flatMap((value) => [inspect(value), inspect(value, { depth: 0 })]);
  });
});

test('textStream is there where Node’s own classes have it', async (t) => {
  compare(({ Request, Response }) => [
    'textStream' in Request.prototype,
    'textStream' in Response.prototype,
  ]);
  if (!('textStream' in Response.prototype)) return t.skip('not in this Node');
  const outcomes = await Promise.all(
    [light, native].map(async ({ Response }) => {
      const read = async (response: InstanceType<typeof Response>): Promise<unknown> => {
        const chunks: string[] = [];
        for await (const chunk of response.textStream()) chunks.push(chunk);
        return [chunks, response.bodyUsed];
      };
      const bytes = Buffer.from('\ufeffé€');
      const cut = new Response(ReadableStream.from([bytes.subarray(0, 4), bytes.subarray(4)]));
      const used = new Response('x');
      await used.text();
      assert.throws(() => used.textStream(), TypeError);
      return [await read(cut), await read(new Response(null)), await read(new Response('text'))];
    }),
  );
  assert.deepEqual(outcomes[0], outcomes[1]);
});

test('fetch has the name, parameters and property of Node’s own', () => {
  const describe = (): unknown => {
    const { value, ...flags } = Object.getOwnPropertyDescriptor(globalThis, 'fetch') ?? {};
    return [value.name, value.length, flags];
  };
  const before = describe();
  installLightClasses();
  assert.deepEqual(describe(), before);
});
