import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serveProgram } from '../support/program';
import { send } from '../support/wire';

const LATE = `
const { event, cloudEvent, typed, web } = require('barefn');
const late = (answer) => new Promise((resolve, reject) => setTimeout(() => {
  setTimeout(() => console.error('went on'), 50);
  try { resolve(answer?.()); } catch (error) { reject(error); }
}, 1300));
event('event', () => late());
event('eventCallback', (data, context, callback) => void late(callback));
cloudEvent('cloudEvent', () => late(() => ({ status: 202 })));
cloudEvent('cloudEventCallback', (event, callback) => void late(() => callback(null, 'x')));
cloudEvent('dropped', () => late(() => { throw Object.assign(new Error('drop'), { retryable: false }); }));
typed('typed', () => late(() => 1));
typed('typedNothing', () => late());
web('web', () => late(() => new Response('x')));
web('webStream', () => new Response(new ReadableStream({
  async pull(controller) { await late(); controller.enqueue(Buffer.from('x')); controller.close(); },
})));
`;

const HEADERS = {
  'content-type': 'application/json',
  ...{ 'ce-specversion': '1.0', 'ce-id': '1', 'ce-type': 't', 'ce-source': '/' },
};

describe('what a function gives after its time is ignored, with one line', () => {
  for (const [, name = ''] of LATE.matchAll(/^\w+\('(\w+)'/gm)) {
    test(name, async () => {
      const program = await serveProgram(LATE, { args: ['--timeout=1', `--target=${name}`] });
      // The head of a stream is there before the timeout: that cuts it off.
      const answer = send(program.url, { body: '{}', headers: HEADERS });
      if (name === 'webStream') await assert.rejects(answer, { message: 'aborted' });
      else assert.equal((await answer).status, 504);
      await program.logged('went on');
      const log = await program.takeErrors();
      const line = 'The answer to POST / came too late and is ignored.\n';
      assert.equal(log.split(line).length, 2, log);
      program.kill();
    });
  }
});
