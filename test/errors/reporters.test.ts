import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serveProgram } from '../support/program';

const FUNCTION = `
const fail = {
  timer: () => void setTimeout(() => { throw new Error('timer'); }, 5),
  floating: () => void Promise.reject(new Error('floating')),
  nothing: () => void Promise.reject(),
  late: (res) => { res.send('fine'); setTimeout(() => { throw new Error('late'); }, 30); },
  lateFloating: (res) => { res.send('fine'); setTimeout(() => Promise.reject(new Error('lateFloating')), 30); },
  thrown: () => { throw new Error('thrown'); },
};
exports.function = (req, res) => fail[req.path.slice(1)](res);
`;

const EXPECTED = {
  timer: 'monitor: uncaughtException timer',
  floating: 'monitor: unhandledRejection floating',
  nothing: 'monitor: unhandledRejection undefined',
  late: 'monitor: uncaughtException late',
  lateFloating: 'monitor: unhandledRejection lateFloating',
};

describe('uncaughtExceptionMonitor', () => {
  test('sees each uncaught error of a request, once', async () => {
    const program = await serveProgram(
      `${FUNCTION} process.on('uncaughtExceptionMonitor', (error, origin) => {
         console.error('monitor: ' + origin + ' ' + error?.message);
       });`,
    );
    for (const name of Object.keys(EXPECTED)) await (await fetch(`${program.url}/${name}`)).text();
    await program.logged('function: Error: lateFloating');
    const log = await program.takeErrors();
    const reported = log.match(/^monitor: .*$/gm) ?? [];
    assert.deepEqual(reported.sort(), Object.values(EXPECTED).sort());
    program.kill();
  });

  for (const [how, monitor] of [
    ['throws', '() => { throw new Error("monitor is broken"); }'],
    ['rejects', 'async () => { throw new Error("monitor is broken"); }'],
    ['throws later', '() => void setTimeout(() => { throw new Error("monitor is broken"); }, 1)'],
  ] as const) {
    test(`does no harm when it ${how}`, async () => {
      const program = await serveProgram(
        `${FUNCTION} process.on('uncaughtExceptionMonitor', ${monitor});`,
      );
      for (const name of ['timer', 'floating']) {
        const { status } = await fetch(`${program.url}/${name}`);
        assert.equal(status, 500, name);
      }
      const log = await program.takeErrors();
      const line = 'Exception from a reporter of errors: Error: monitor is broken\n';
      assert.equal(log.split(line).length, 3, log);
      program.signal('SIGTERM');
      assert.equal(await program.exit(), 0);
    });
  }
});

describe('the tracing channel', () => {
  const SUBSCRIBER = `require('node:diagnostics_channel').subscribe('tracing:barefn.invocation:error', ({ req, error }) => {
    REACT
  });`;

  test('sees uncaught errors of a request, also after its response', async () => {
    const program = await serveProgram(
      SUBSCRIBER.replace('REACT', `console.error('error: ' + req.path + ' ' + error?.message);`) +
        FUNCTION,
    );
    const names = 'timer floating nothing late lateFloating thrown'.split(' ');
    for (const name of names) await (await fetch(`${program.url}/${name}`)).text();
    await program.logged('function: Error: lateFloating');
    const log = await program.takeErrors();
    const reported = log.match(/^error: .*$/gm) ?? [];
    const expected = names.map(
      (name) => `error: /${name} ${name === 'nothing' ? 'undefined' : name}`,
    );
    assert.deepEqual(reported.sort(), expected.sort());
    program.kill();
  });

  for (const [how, reaction] of [
    ['throws', 'throw new Error("subscriber is broken");'],
    ['rejects', 'Promise.reject(new Error("subscriber is broken"));'],
  ] as const) {
    test(`does no harm when a subscriber ${how}`, async () => {
      const program = await serveProgram(SUBSCRIBER.replace('REACT', reaction) + FUNCTION);
      for (const name of ['timer', 'floating', 'thrown']) {
        assert.equal((await fetch(`${program.url}/${name}`)).status, 500, name);
      }
      const log = await program.takeErrors();
      const line = 'Exception from a reporter of errors: Error: subscriber is broken\n';
      assert.equal(log.split(line).length, 4, log);
      program.signal('SIGTERM');
      assert.equal(await program.exit(), 0);
    });
  }
});
