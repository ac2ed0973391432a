import assert from 'node:assert/strict';
import { test } from 'node:test';

const express4 = require('express4') as typeof import('express');

import { serve } from '../support/serving';

const paths = [
  ...['/', '/private', '/private/', '/privately', '/private/a', '/PRIVATE/A', '/private/a/b'],
  ...['/public', '/publi', '/publics', '/a', '/a/b', '/a/b/c', '/ab', '/abcd', '/a.b', '/axb'],
  ...['/health', '/healthz', '/health/live', '/private?x=1', '/x/private', '/a%2Fb', '//private'],
];
const routes = [
  ...['/private', '/private/', '/private*', '/private/*', '/*', '*', '/p*c', '/a/:b', '/a/:b?'],
  ...['/:a/b', '/publics?', '/a?b', '/*/private', '/health|/private', '/private*|/a/:b', '/a.b'],
  ...['/A*', '/:a', '/a\\*'],
];
for (const route of routes) {
  test(`${route} ignores what Express 4 routes there`, async (t) => {
    const ignored = new Set<string>();
    const app = express4();
    app.use(route, (_req, res) => void res.status(404).end());
    app.use((_req, res) => void res.send('served'));
    const theirs = await serve(t, { type: 'http', handler: app });
    const ours = await serve(
      t,
      {
        type: 'http',
        handler: (_req: unknown, res: { send(text: string): void }) => res.send('served'),
      },
      { express: 4, ignoredRoutes: route },
    );
    for (const path of paths) {
      const [expected, actual] = await Promise.all(
        [theirs, ours].map(async ({ origin }) => (await fetch(origin + path)).status),
      );
      if (expected === 404) ignored.add(path);
      assert.equal(actual, expected, path);
    }
    assert.ok(ignored.size > 0 || route === '/a\\*', 'No path is ignored.');
  });
}

for (const route of ['/(a|b)', '/a+', '/[a-z]']) {
  test(`${route} is refused, since it takes a regular expression`, async (t) => {
    await assert.rejects(
      async () =>
        serve(t, { type: 'http', handler: () => {} }, { express: 4, ignoredRoutes: route }),
      { code: 'INVALID_OPTION' },
    );
  });
}
