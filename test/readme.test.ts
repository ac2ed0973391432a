import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { pack, root, unpack } from './support/packed';

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const recipes = readFileSync(path.join(root, 'test/recipes/README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const directory = mkdtempSync(path.join(os.tmpdir(), 'readme-'));
after(() => rmSync(directory, { recursive: true, force: true }));

/** What samples name and leave to the reader. */
const READERS = `
globalThis.save = async () => {};
globalThis.report = () => {};
globalThis.orders = { find: async (id) => ({ 7: { id, isOpen: true }, 8: { id, isOpen: false } })[id] };
globalThis.database = { connect: async () => {}, close: async () => {} };
`;

/** 22.18 and later. */
const runsTypeScript =
  process.features.typescript !== false && process.features.typescript !== undefined;

/** Functions that commands name beyond those of the Quickstart. */
const FUNCTIONS = `
const { http, cloudEvent } = require('barefn');
http('orders', (req, res) => res.json({ method: req.method, order: req.body.id }));
cloudEvent('onUser', { type: 'google.cloud.firestore.document.v1.written' }, () => {});
cloudEvent('onFile', (event) => console.log(event.subject));
cloudEvent('onMessage', (event) => console.log(Buffer.from(event.data.message.data, 'base64').toString()));
`;

/** The most words that the README has, without code. */
const MOST_WORDS = 2500;

const documents = [
  'README.md',
  ...['src', 'test', 'bench', '.github'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md') && !file.includes('node_modules'))
      .map((file) => path.join(folder, file)),
  ),
].map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

describe('what the documents refer to is there', () => {
  for (const { file, text } of documents) {
    test(file, () => {
      for (const [, link = ''] of text.matchAll(/\]\((?!https:)([^)]*)\)/g)) {
        const [name, anchor] = link.split('#') as [string, string?];
        const linked = name === '' ? file : path.join(path.dirname(file), name);
        assert.ok(existsSync(path.join(root, linked)), link);
        if (anchor !== undefined) assert.ok(anchorsOf(linked).includes(anchor), link);
      }
      for (const [, named = ''] of text.matchAll(/`((?:src|test)\/[\w./-]*)`/g)) {
        const places = [root, path.join(root, path.dirname(file))];
        assert.ok(
          places.some((place) => existsSync(path.join(place, named))),
          named,
        );
      }
      for (const [, script = ''] of text.matchAll(/npm run ([\w:-]+)/g)) {
        assert.ok(Object.hasOwn(scripts, script), script);
      }
    });
  }
});

test(`the README has at most ${MOST_WORDS} words`, () => {
  const words = readme.replace(/```.*?```/gs, '').split(/\s+/);
  const count = words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  assert.ok(count <= MOST_WORDS, `It has ${count}.`);
});

describe('samples of the README', () => {
  unpack(pack(directory), directory, 'barefn');
  const modules = path.join(directory, 'node_modules');
  symlinkSync(path.join(root, 'node_modules/zod'), path.join(modules, 'zod'));
  mkdirSync(path.join(modules, '.bin'));
  symlinkSync('../barefn/dist/cli.js', path.join(modules, '.bin/barefn'));
  writeFileSync(path.join(directory, 'readers.cjs'), READERS);

  const samples = [readme, recipes].flatMap((text) => blocksOf(text, 'js'));
  const quickstart = samples.find((sample) => sample.startsWith('// index.js\n')) as string;
  writeFileSync(path.join(directory, 'index.js'), `${quickstart}require('./more.js');\n`);
  writeFileSync(path.join(directory, 'more.js'), FUNCTIONS);

  for (const [index, sample] of samples.entries()) {
    const [first] = sample.split('\n');
    test(`${first} … runs`, () => {
      const isModule = sample.startsWith('import ');
      const file = `sample-${index}.${isModule ? 'mjs' : 'cjs'}`;
      const text = complete(sample).replace('.listen(8080)', '.listen(0).unref()');
      const whole = isModule ? text : `(async () => {\n${text}\n})();`;
      writeFileSync(path.join(directory, file), whole);
      assert.equal(run(`node --require ./readers.cjs ${file}`), '');
    });
  }

  test('in TypeScript answers, where Node runs it', { skip: !runsTypeScript }, () => {
    const [sample = ''] = blocksOf(readme, 'ts');
    writeFileSync(path.join(directory, 'index.ts'), sample);
    writeFileSync(path.join(directory, 'tsconfig.json'), '{}');
    assert.match(run("barefn invoke --source=index.ts --target=hello '/?name=Ada'"), /Hello, Ada!/);
  });

  test('for CORS answers the preflight', () => {
    writeFileSync(path.join(directory, 'cors.js'), sampleWith("http('cors'"));
    const answer = run("barefn invoke --source=cors.js --target=cors -X OPTIONS '/'");
    assert.match(answer, /^HTTP\/1.1 204 .*\naccess-control-allow-origin: \*\n/);
  });

  test('for typed functions check and answer', () => {
    writeFileSync(path.join(directory, 'typed.js'), sampleWith("typed('double'"));
    const double = 'barefn invoke --source=typed.js --target=double --data=';
    assert.match(run(`${double}'{"n":21}'`), /\n\{"twice":42\}/);
    assert.match(run(`${double}'{"n":"x"}' || true`), /400 Bad Request/);
    assert.match(run('barefn invoke --source=typed.js --target=edge /a'), /Hello from \/a/);
  });

  test('for other answers of typed functions give them', () => {
    writeFileSync(path.join(directory, 'order.js'), sampleWith("typed('order'"));
    const call = (id: number): string =>
      run(
        `node -r ./readers.cjs node_modules/barefn/dist/cli.js invoke --source=order.js --target=order --data='{"id":${id}}' || true`,
      );
    assert.match(call(7), /^HTTP\/1.1 200 .*"id":7/s);
    assert.match(call(8), /^HTTP\/1.1 410 .*closed/s);
    assert.match(call(9), /^HTTP\/1.1 404 .*There is no order 9\./s);
  });

  /** What each command that ends prints. */
  const outputs: Record<string, RegExp> = {
    'npx barefn invoke --target=onOrder --data=\'{"id":7}\'': /\{ id: 7 \}\n.*204/s,
    "barefn invoke --target=hello '/?name=Ada'": /Hello, Ada!/,
    "barefn invoke --target=orders -X PUT -H 'Authorization: Bearer x' -d '{\"id\":7}' /orders":
      /\{"method":"PUT","order":7\}/,
    'barefn invoke --target=onFile --event=storage --subject=objects/cat.png': /objects\/cat\.png/,
    "barefn invoke --target=onMessage --event=pubsub --mode=push --data='Hello'": /^Hello\n/,
    'barefn events pubsub --mode=push --port=9000 | sh': /^curl /,
  };
  /** Those that serve or install: other tests start them. */
  const others =
    /^(npm |curl |npx barefn build |node \.barefn|barefn --target='\*' --watch|npx barefn --target=hello)/;
  for (const line of blocksOf(readme, 'sh').flatMap((block) => block.split('\n'))) {
    const command = line.replace(/ +# .*/, '');
    if (command === '' || others.test(command)) continue;
    test(`${command} works`, () => {
      assert.match(run(command.replace(/ \| sh$/, '')), outputs[command] ?? /^no such sample$/);
    });
  }

  function run(command: string): string {
    const PATH = `${path.join(modules, '.bin')}:${process.env['PATH']}`;
    const env = { ...process.env, PATH };
    return execFileSync('sh', ['-c', `${command} 2>&1`], {
      cwd: directory,
      encoding: 'utf8',
      env,
      timeout: 60_000,
    });
  }

  function sampleWith(text: string): string {
    return complete(samples.find((sample) => sample.includes(text)) as string);
  }
});

/** The sample for CORS goes on from the Quickstart. */
function complete(sample: string): string {
  return sample.startsWith('http(') ? `const { http } = require('barefn');\n${sample}` : sample;
}

function blocksOf(text: string, language: string): string[] {
  const blocks = text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'));
  return [...blocks].map(([, block]) => block as string);
}

/** The anchors of a document's headings, as GitHub makes them. */
function anchorsOf(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
