import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import type { CloudEvent } from '../../src/cloudevents/event';
import { serve } from '../support/wire';

/** An event as the sender takes it. */
interface GoEvent {
  attributes?: Record<string, string>;
  extensions?: Record<string, string | number | boolean>;
  data?: string;
  bytes?: string;
}

interface Case {
  about: string;
  event: GoEvent;
  /** What differs from the attributes and extensions. */
  received?: Record<string, unknown>;
}

const base = { specversion: '1.0', id: 'A1', source: '/shop', type: 'com.example.sold' };
const json = { datacontenttype: 'application/json' };

const cases: Case[] = [
  { about: 'nothing optional', event: {} },
  {
    about: 'JSON',
    event: { attributes: json, data: '{"a":[1,"é <&>",null]}' },
    received: { data: { a: [1, 'é <&>', null] } },
  },
  {
    about: 'text',
    event: { attributes: { datacontenttype: 'text/plain; charset=utf-8' }, data: 'größer\n' },
    received: { data: 'größer\n' },
  },
  {
    about: 'XML',
    event: { attributes: { datacontenttype: 'application/xml' }, data: '<a b="é"/>' },
    received: { data: '<a b="é"/>' },
  },
  {
    about: 'bytes',
    event: { attributes: { datacontenttype: 'application/octet-stream' }, bytes: 'AP8QwA==' },
    received: { data: Buffer.from('AP8QwA==', 'base64') },
  },
  {
    about: 'JSON as bytes',
    event: { attributes: json, bytes: Buffer.from('{"a":1}').toString('base64') },
    received: { data: { a: 1 } },
  },
  {
    about: 'a time of nanoseconds',
    event: { attributes: { time: '2020-01-02T03:04:05.123456789Z' } },
  },
  {
    about: 'attributes beyond ASCII, with spaces',
    event: {
      attributes: { subject: 'ein größerer 日本語 😀 Betreff' },
      extensions: { city: 'Zürich' },
    },
  },
  { about: 'a percent sign', event: { attributes: { subject: '100% sure' } } },
  { about: 'a source with an escape', event: { attributes: { source: '/my%20dir/a' } } },
  {
    about: 'a source of an escaped name',
    event: { attributes: { source: 'https://example.com/caf%C3%A9?q=%22a%22#b%5B' } },
  },
  {
    about: 'a schema with an escape',
    event: { attributes: { dataschema: 'https://example.com/a%20b.json' } },
  },
  {
    about: 'extensions of every type',
    event: { extensions: { flag: true, count: -42, name: 'x', traceparent: '00-1-2-01' } },
  },
];

const isThere = spawnSync('go', ['version']).status === 0;
const skip = isThere ? false : 'there is no go here: apt-get install golang-go';

describe('events of the Go SDK arrive as they were', { skip }, () => {
  let received: CloudEvent[] = [];
  let url: string;
  before(async () => {
    const handler = (event: CloudEvent): void => void received.push(event);
    ({ url } = await serve(handler, { signatureType: 'cloudevent' }));
  });

  for (const mode of ['binary', 'structured'] as const) {
    test(`in ${mode} mode`, async () => {
      received = [];
      const answers = await send(cases.map(({ event }) => ({ mode, events: [event] })));
      for (const [i, { about }] of cases.entries()) assert.deepEqual(answers[i], [204, ''], about);
      assert.deepEqual(
        received,
        cases.map((one) => expectedOf(one, mode)),
      );
    });
  }

  test('in a batch', async () => {
    received = [];
    const answers = await send([{ mode: 'batch', events: cases.map(({ event }) => event) }]);
    assert.deepEqual(answers, [[204, '']]);
    assert.deepEqual(
      received,
      cases.map((one) => expectedOf(one, 'batch')),
    );
  });

  /** Runs the sender, and gives status and text of each answer. */
  async function send(messages: { mode: string; events: GoEvent[] }[]): Promise<unknown[]> {
    const file = path.join(__dirname, 'go/sender.go');
    const sender = spawn('go', ['run', file, url], {
      env: { ...process.env, GO111MODULE: 'off', GOFLAGS: '' },
    });
    let output = '';
    let complaints = '';
    sender.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    sender.stderr.setEncoding('utf8').on('data', (text: string) => {
      complaints += text;
    });
    const lines = messages.map(({ mode, events }) =>
      JSON.stringify({ mode, events: events.map(whole) }),
    );
    sender.stdin.end(`${lines.join('\n')}\n`);
    const [code] = await once(sender, 'close');
    assert.equal(code, 0, complaints);
    return output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
  }
});

function whole(event: GoEvent): GoEvent {
  return { ...event, attributes: { ...base, ...event.attributes } };
}

/** In binary mode every attribute is text. */
function expectedOf({ event, received }: Case, mode: string): Record<string, unknown> {
  const extensions = Object.entries(event.extensions ?? {}).map(([name, value]) => [
    name,
    mode === 'binary' ? String(value) : value,
  ]);
  return { ...base, ...event.attributes, ...Object.fromEntries(extensions), ...received };
}
