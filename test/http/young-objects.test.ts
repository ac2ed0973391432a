import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { describe, test } from 'node:test';
import { type Setting, serveProgram } from '../support/program';

// What V8 allocates in its old space, or reaches from there, stays until a full collection, and its heap
// grows meanwhile.
const PROGRAM = `
const { http } = require('barefn');
const { subscribe } = require('node:diagnostics_channel');
if (process.env.TRACED) subscribe('tracing:barefn.invocation:start', () => {});
require('node:v8').setFlagsFromString('--expose-gc');
const collect = require('node:vm').runInNewContext('gc');
const functions = {
  response: (req, res) => res.on('finish', () => {}).json({ answered: true }),
  request: (req, res) => req.on('close', () => {}) && res.json({ answered: true }),
  json: (req, res) => res.json({ answered: true }),
};
http('function', (req, res) => {
  if (req.path !== '/used') return functions[process.env.KIND](req, res);
  collect({ type: req.query.type });
  const { getHeapSpaceStatistics } = require('node:v8');
  const old = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'old_space');
  res.send(String(old.space_used_size));
});
`;
const REQUESTS = 1500;

describe('a request is collected with the young objects', () => {
  const rows: [string, string, Setting][] = [
    ['where the function listens to the response', 'response', {}],
    ['where the function listens to the request', 'request', {}],
    ['where integers are exact', 'json', { args: ['--exact-integers'] }],
    ['where invocations are traced', 'json', { env: { TRACED: '1' } }],
  ];
  for (const [where, kind, { args = [], env }] of rows) {
    test(where, async () => {
      const program = await serveProgram(PROGRAM, { args, env: { KIND: kind, ...env } });
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      const ask = (path: string): Promise<string> => text(`${program.url}${path}`, agent);
      for (let sent = 0; sent < REQUESTS; sent++) await ask('/');
      const before = Number(await ask('/used?type=major'));
      for (let sent = 0; sent < REQUESTS; sent++) await ask('/');
      const grown = Number(await ask('/used?type=minor')) - before;
      agent.destroy();
      assert.ok(grown < 1000 * REQUESTS, `${grown / REQUESTS} bytes of each request are left`);
    });
  }
});

function text(url: string, agent: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (res) => {
      let body = '';
      res.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      res.once('end', () => resolve(body));
    }).once('error', reject);
  });
}
