// Builds the Dockerfile of a build in test/recipes/README.md as it stands, and runs what comes out, as
// run.mjs does for the other one: npm run test:image.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { whyNot } from './buildah.mjs';
import { serveInstalled } from './installed.mjs';
import { Recipe, root } from './recipe.mjs';

const skip = whyNot() ?? false;

describe('the Dockerfile of a build', { skip }, () => {
  let recipe;
  let esbuild;
  let output;

  before(async () => {
    recipe = new Recipe(1, 'built');
    const packages = ['esbuild', `@esbuild/${process.platform}-${process.arch}`];
    const folders = packages.map((name) => path.join(root, 'node_modules', name));
    esbuild = await serveInstalled(folders, recipe.directory);
    await recipe.prepare(['barefn'], esbuild.url);
    output = await recipe.build('built');
  });
  after(() => {
    recipe?.close();
    esbuild?.close();
  });

  test('leaves an image of the build alone', async () => {
    assert.match(output, /^One call \(200\), as from the source; compiled code of /m);
    assert.match(output, /^The build needs neither node_modules nor the source\.$/m);
    const image = await recipe.open('built');
    assert.equal(image.User, '65532');
    assert.deepEqual(readdirSync(path.join(image.root, 'app')), ['.barefn']);
    assert.ok(!existsSync(path.join(image.root, 'bin/sh')));
  });

  test('serves with a read-only root, by the compiled code, and drains as PID 1', async () => {
    const container = await recipe.start('built', { args: ['--startup-report'] });
    const answer = await fetch(`http://127.0.0.1:${container.port}?name=Ada`);
    assert.equal(await answer.text(), 'Hello, Ada!\n');
    assert.match(container.output, /"codeCache":"used"/);
    assert.equal(await container.stop('SIGTERM'), 0);
    assert.match(container.output, /closed\n$/);
  });
});
