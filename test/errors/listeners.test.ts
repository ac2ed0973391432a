import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Program, type Setting, serveProgram } from '../support/program';

/** Uncaught errors, all of them inside a request. */
const FUNCTION = `
const fail = {
  timer: () => void setTimeout(() => { throw new Error('timer'); }, 5),
  tick: () => process.nextTick(() => { throw new Error('tick'); }),
  floating: () => void Promise.reject(new Error('floating')),
  floatingLater: () => void (async () => { await null; throw new Error('floatingLater'); })(),
  undefined: () => void setTimeout(() => { throw undefined; }, 5),
};
const waiting = [];
exports.function = (req, res) => {
  const name = req.path.slice(1);
  if (name === 'wait') waiting.push(res.writeHead(200)), res.flushHeaders();
  else if (name === 'ok') { res.send('ok'); for (const other of waiting.splice(0)) other.end('waited'); }
  else if (name === 'listen') { listen(); res.send('listens'); }
  else fail[name]();
};
process.on('SIGUSR2', () => { throw new Error('outside'); });
process.on('SIGALRM', () => { Promise.reject(new Error('outside')); });
`;
const NAMES = ['timer', 'tick', 'floating', 'floatingLater', 'undefined'];

/** What a listener does with an error. */
const REACTIONS = {
  exits: '(error) => process.exit(1)',
  throws: '(error) => { throw error; }',
  rejects: 'async (error) => { throw error; }',
  logs: `(error) => process.stderr.write('listener: ' + error?.message + '\\n')`,
};

/** Starts the function with listeners of both events, which are added by `add`. */
async function serveListening(
  reaction: keyof typeof REACTIONS,
  add: string,
  setting?: Setting,
): Promise<Program> {
  const events = `['uncaughtException', 'unhandledRejection']`;
  const listen = `function listen() { for (const event of ${events}) process.${add}(event, ${REACTIONS[reaction]}); }`;
  const now = add === 'addListener' ? '' : 'listen();';
  return await serveProgram(`${FUNCTION}${listen}\n${now}`, setting);
}

/** Has one request wait while others fail, and sees that only those do. */
async function failBesideOther({ url }: Program): Promise<void> {
  for (const name of NAMES) {
    const waiting = await fetch(`${url}/wait`);
    const { status } = await fetch(`${url}/${name}`);
    assert.equal(status, 500, name);
    assert.equal(await (await fetch(`${url}/ok`)).text(), 'ok', name);
    assert.equal(await waiting.text(), 'waited', name);
  }
}

describe('an error of a request reaches none of the program’s listeners', () => {
  for (const reaction of ['exits', 'throws', 'rejects', 'logs'] as const) {
    for (const add of ['on', 'once', 'prependListener', 'prependOnceListener'] as const) {
      test(`process.${add}(), which ${reaction}`, async () => {
        const program = await serveListening(reaction, add);
        await failBesideOther(program);
        assert.doesNotMatch(program.stderr, /listener: /);
        program.signal('SIGTERM');
        assert.equal(await program.exit(), 0, program.stderr);
      });
    }

    test(`one that a function adds while it serves, which ${reaction}`, async () => {
      const program = await serveListening(reaction, 'addListener');
      assert.equal(await (await fetch(`${program.url}/listen`)).text(), 'listens');
      await failBesideOther(program);
      assert.doesNotMatch(program.stderr, /listener: /);
      program.kill();
    });
  }

  for (const mode of ['strict', 'throw', 'warn', 'none', 'warn-with-error-code']) {
    test(`with --unhandled-rejections=${mode}, once each`, async () => {
      const program = await serveListening('exits', 'on', {
        env: { NODE_OPTIONS: `--unhandled-rejections=${mode}` },
      });
      await failBesideOther(program);
      for (const name of ['floating', 'floatingLater']) {
        const lines = program.stderr.split('\n').filter((line) => line === `Error: ${name}`);
        assert.equal(lines.length, 1, program.stderr);
      }
      program.signal('SIGTERM');
      assert.equal(await program.exit(), 0, program.stderr);
    });
  }

  test('and leaves no domain behind', async () => {
    const program = await serveProgram(
      `const domain = require('node:domain');
       exports.function = (req, res) => {
         if (req.path === '/left') return res.send(String(process.domain ?? 'none'));
         setTimeout(() => domain.create().run(() => { throw new Error('in a domain'); }), 5);
       };`,
    );
    assert.equal((await fetch(program.url)).status, 500);
    assert.equal(await (await fetch(`${program.url}/left`)).text(), 'none');
    program.kill();
  });
});

describe('an error outside any request reaches all listeners', () => {
  for (const [signal, text] of [
    ['SIGUSR2', 'Uncaught exception'],
    ['SIGALRM', 'Unhandled rejection'],
  ] as const) {
    for (const add of ['on', 'once', 'prependListener']) {
      test(`process.${add}() sees it, then the process ends: ${text}`, async () => {
        const program = await serveListening('logs', add);
        assert.equal((await fetch(`${program.url}/timer`)).status, 500);
        program.signal(signal);
        assert.equal(await program.exit(), 16);
        assert.match(program.stderr, /listener: outside\n/);
        assert.ok(program.stderr.includes(text));
      });
    }

    test(`one that exits does: ${text}`, async () => {
      const program = await serveListening('exits', 'on');
      program.signal(signal);
      assert.equal(await program.exit(), 1);
    });
  }
});

test('winston’s handlers of exceptions and rejections, which exit, see no error of a request', async () => {
  const program = await serveProgram(
    `const winston = require(${JSON.stringify(require.resolve('winston'))});
     winston.createLogger({ transports: [
       new winston.transports.Console({ handleExceptions: true, handleRejections: true, stderrLevels: ['error'] }),
     ] });
     ${FUNCTION}`,
  );
  await failBesideOther(program);
  assert.doesNotMatch(program.stderr, /"level":"error"/);
  program.signal('SIGUSR2');
  await program.exit();
  assert.match(program.stderr, /"level":"error","message":"uncaughtException: outside/);
});
