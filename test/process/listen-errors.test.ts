import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { listenFailure } from '../../src/process/listen-errors';

const cli = path.resolve(__dirname, '../../dist/cli.js');
const taken = Object.assign(new Error('taken'), { code: 'EADDRINUSE' });

describe('a port that is in use', () => {
  const advice = (
    env: Record<string, string>,
    argv: readonly string[] = [],
    port = 8080,
  ): string => {
    const { message } = listenFailure(taken, { port, host: undefined }, { argv, env });
    return message.replace(/^.*is in use\. Stop the other program, or /, '');
  };
  const npm = { npm_lifecycle_event: 'start', npm_lifecycle_script: 'exec barefn --target=f' };

  test('outside of scripts a flag picks another', () => {
    assert.equal(advice({}), 'pass --port=0 for a free one.');
    assert.equal(advice({ npm_lifecycle_event: 'npx' }), 'pass --port=0 for a free one.');
  });

  test('a script takes it from the environment', { skip: process.platform === 'win32' }, () => {
    assert.equal(advice(npm), 'take another port: PORT=3000 npm start');
    assert.equal(advice(npm, [], 3000), 'take another port: PORT=3001 npm start');
    const dev = { npm_lifecycle_event: 'dev', npm_config_user_agent: 'pnpm/9.1.0 npm/? node/v22' };
    assert.equal(advice(dev), 'take another port: PORT=3000 pnpm run dev');
  });

  test('a flag in the script beats the environment, and the last flag counts', () => {
    const argv = ['node', 'cli.js', '--port=8080'];
    assert.equal(advice(npm, argv), 'take another port: npm start -- --port=3000');
    const yarn = { ...npm, npm_config_user_agent: 'yarn/1.22.22 npm/? node/v22.0.0 linux x64' };
    assert.equal(advice(yarn, argv), 'take another port: yarn start --port=3000');
  });

  test('a script that starts the command somewhere inside is not named', () => {
    const env = { npm_lifecycle_event: 'test', npm_lifecycle_script: 'node --test' };
    assert.equal(advice(env), 'pass --port=0 for a free one.');
  });
});

describe('under npm', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'listen-errors-'));
  after(() => rmSync(directory, { recursive: true, force: true }));
  writeFileSync(path.join(directory, 'index.js'), 'exports.f = (req, res) => res.send("x");');
  const start = `'${process.execPath}' '${cli}' --target=f`;
  writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ scripts: { start } }));

  test('the line that is printed names the script', async () => {
    const other = net.createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const env = { PATH: process.env['PATH'], HOME: directory, PORT: String(port) };
    const { status, stderr } = spawnSync('npm', ['start', '--silent'], {
      cwd: directory,
      env,
      encoding: 'utf8',
    });
    other.close();
    assert.equal(status, 1);
    assert.equal(
      stderr,
      `Cannot listen on port ${port}: it is in use. Stop the other program, or take another port: PORT=3000 npm start\n`,
    );
  });
});
