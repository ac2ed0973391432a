import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { chromium, skip } from '../support/chromium';
import { type Program, serveProgram } from '../support/program';
import { changeProgram, openPage, type Page, type Tab } from './support/page';

const ZOD = JSON.stringify(require.resolve('zod'));
const PROGRAM = `
const { http, cloudEvent, typed } = require('barefn');
const { z } = require(${ZOD});
http('hello', (req, res) => {
  console.log('line of hello');
  const body = { method: req.method, url: req.url, body: req.body, token: req.get('X-Token') };
  res.set('X-Answer', 'yes').json(body);
});
http('lingers', (req, res) => { setTimeout(() => {}, 60_000); res.send('done'); });
http('page', (req, res) => res.send('<b>bold</b>'));
http('picture', (req, res) => res.type('image/svg+xml').send('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="5"/>'));
http('stream', (req, res) => {
  res.type('text/plain').write('first');
  streaming = res;
});
let streaming;
http('finish', (req, res) => { streaming.end('last'); res.end(); });
http('hang', (req, res) => req.signal.addEventListener('abort', () => console.error('aborted')));
cloudEvent('onFile', (event) => {
  if (event.data.bucket === undefined) throw new Error('no bucket in ' + event.type);
  setTimeout(() => {}, 60_000);
});
typed('order', {
  input: z.object({
    customer: z.string().describe('Who pays'),
    quantity: z.number().int().default(1),
    size: z.enum(['small', 'large']),
    tags: z.array(z.string()).optional(),
    address: z.object({ city: z.string() }),
  }),
}, (order) => order);
typed('double', ({ n }) => ({ twice: 2 * n }));
exports['"><script>window.broken = 1</script>'] = () => {};
`;

describe('the development page, in Chromium,', { skip, timeout: 120_000 }, () => {
  let program: Program;
  let browser: any;
  let tab: Tab;
  let page: Page;

  before(async () => {
    program = await serveProgram(PROGRAM, { args: ['--target=*', '--watch'] });
    browser = await require('playwright-core').chromium.launch({
      executablePath: chromium,
      args: ['--no-sandbox'],
    });
    tab = await openPage(browser, `http://localhost:${program.port}/`);
    page = tab.page;
  });
  after(async () => {
    await browser?.close();
    program?.signal('SIGTERM');
    await program?.exit();
  });

  const answer = (): any => page.getByRole('region', { name: 'Answer' });
  const announced = (text: string | RegExp): Promise<void> =>
    page.locator('#live').getByText(text).waitFor({ state: 'attached' });

  test('lists the functions, and shows one at a time', async () => {
    await tab.choose('page');
    assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'page');
    assert.equal(await page.getByRole('form').count(), 1);
    const current = page.getByRole('navigation').locator('[aria-current=page]');
    assert.match(await current.textContent(), /^page\s*http$/);
    assert.equal(await page.title(), 'page · barefn');
  });

  test('sends method, path, headers and body, and shows the answer with its fields', async () => {
    await tab.choose('hello');
    await page.getByLabel('Method').selectOption('PUT');
    await page.getByLabel('Path').fill('/hello/x?y=1');
    await page.getByLabel('Headers').fill('X-Token: abc');
    await page.getByRole('textbox', { name: 'Body' }).fill('{"n":1}');
    await tab.send();
    await announced(/^200 OK, Success, after \d+ ms, \d+ bytes$/);
    const body = { method: 'PUT', url: '/x?y=1', body: { n: 1 }, token: 'abc' };
    assert.equal(await tab.body(), JSON.stringify(body, null, 2));
    assert.match(await answer().locator('table').textContent(), /x-answer\s*yes/);
  });

  test('shows the log of the request beside its answer', async () => {
    await tab.choose('hello');
    await tab.send();
    await answer().getByText('line of hello').waitFor();
  });

  test('shows HTML as text, and images as images', async () => {
    await tab.choose('page');
    await tab.send();
    assert.equal(await tab.body(), '<b>bold</b>');
    assert.equal(await page.locator('b').count(), 0);
    await tab.choose('picture');
    await tab.send();
    const image = answer().getByRole('img');
    assert.equal(await image.evaluate((one: any) => one.decode().then(() => one.naturalWidth)), 9);
  });

  test('shows a stream as it comes', async () => {
    await tab.choose('stream');
    await page.getByRole('button', { name: 'Send' }).click();
    await answer().getByText('first', { exact: true }).waitFor();
    await answer()
      .getByText(/^receiving, 5 bytes$/)
      .waitFor();
    await fetch(`${program.url}/finish`);
    await announced(/9 bytes$/);
    assert.equal(await tab.body(), 'firstlast');
  });

  test('Escape cancels, and the function sees it', async () => {
    await tab.choose('hang');
    await page.getByLabel('Path').focus();
    await page.keyboard.press('Control+Enter');
    await answer().getByRole('button', { name: 'Cancel' }).waitFor();
    await page.keyboard.press('Escape');
    await announced('Cancelled.');
    await answer().getByText('aborted').waitFor();
  });

  test('points at the line where JSON is wrong, and still sends it', async () => {
    await tab.choose('hello');
    await page.getByLabel('Method').selectOption('POST');
    await page.getByRole('textbox', { name: 'Body' }).fill('{\n  "a": 1\n  "b": 2\n}');
    await page.keyboard.press('Control+Enter');
    await announced(/^400 Bad Request, Client error/);
    const problem = page.getByRole('alert').filter({ hasText: 'Not JSON' });
    assert.match(
      await problem.textContent(),
      /line 3, column 3: "," or "}" is missing\.3 \| {3}"b": 2\n {6}\^/,
    );
    await page.getByRole('button', { name: 'Go to line 3' }).click();
    assert.equal(
      await page
        .getByRole('textbox', { name: 'Body' })
        .evaluate((area: any) => area.selectionStart),
      13,
    );
    await page.getByRole('textbox', { name: 'Body' }).fill('{"a":1}');
    await problem.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Indent' }).click();
    assert.equal(await page.getByRole('textbox', { name: 'Body' }).inputValue(), '{\n  "a": 1\n}');
  });

  test('says which header line is wrong, and what browsers do not send', async () => {
    await tab.choose('hello');
    await page.getByLabel('Headers').fill('X-Token: abc\nno colon');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').filter({ hasText: 'Line 2 is not NAME: VALUE.' }).waitFor();
    await page.getByLabel('Headers').fill('Cookie: a=b');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('alert').filter({ hasText: 'Browsers do not send Cookie' }).waitFor();
    await page.getByLabel('Headers').fill('');
  });

  test('copies the request as curl and as barefn invoke', async () => {
    await tab.choose('hello');
    await page.getByLabel('Method').selectOption('PUT');
    await page.getByLabel('Path').fill("/hello/x?who=O'Neil");
    await page.getByRole('textbox', { name: 'Body' }).fill('{"a":1}');
    const url = `http://localhost:${program.port}/hello/x?who=O%27Neil`;
    assert.equal(
      await tab.copy('Copy as curl'),
      `curl -X PUT '${url}' \\\n  -H 'content-type: application/json' \\\n  --data-binary '{"a":1}'`,
    );
    const command = await tab.copy('Copy as barefn invoke');
    assert.match(
      command,
      /^barefn invoke --source=\S+ --target=hello -X PUT -H 'content-type: application\/json' -d '\{"a":1\}' '\/x\?who=O'\\''Neil'$/,
    );
    const [node = '', cli = ''] = program.child.spawnargs;
    const output = execFileSync('sh', ['-c', command.replace('barefn', `'${node}' '${cli}'`)], {
      encoding: 'utf8',
    });
    assert.match(output, /"method":"PUT","url":"\/x\?who=O'Neil","body":\{"a":1\}/);
  });

  test('the history and the form survive a reload', async () => {
    await tab.choose('hello');
    await page.getByLabel('Path').fill('/hello/first');
    await tab.send();
    await page.getByLabel('Path').fill('/hello/second');
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'hello' }).waitFor();
    assert.equal(await page.getByLabel('Path').inputValue(), '/hello/second');
    await page.getByText(/^History \(\d+\)$/).click();
    await page.getByRole('button', { name: /PUT \/hello\/first/ }).click();
    await tab.holds('/hello/first');
    await page.getByRole('button', { name: 'Clear the history' }).click();
    await page.getByText(/^History/).waitFor({ state: 'hidden' });
  });

  test('the form of a typed function follows its schema', async () => {
    await tab.choose('order');
    await page.getByLabel(/^customer/).fill('Ada');
    await page.getByLabel(/^size/).selectOption('large');
    await page.getByRole('button', { name: 'Add to tags' }).click();
    await page.keyboard.type('blue');
    await page.getByLabel(/^city/).fill('Oslo');
    await page.keyboard.press('Control+Enter');
    await announced(/^200/);
    const order = { customer: 'Ada', quantity: 1, size: 'large', tags: ['blue'] };
    assert.deepEqual(JSON.parse(await tab.body()), { ...order, address: { city: 'Oslo' } });
    await page.getByText('As JSON').click();
    await page
      .getByLabel('JSON', { exact: true })
      .fill('{"customer":"Bob","address":{"city":"Rome"}}');
    await page.getByLabel('JSON', { exact: true }).blur();
    assert.equal(await page.getByLabel(/^customer/).inputValue(), 'Bob');
    assert.equal(await page.getByLabel(/^city/).inputValue(), 'Rome');
    assert.match(await page.getByLabel(/^customer/).getAttribute('aria-describedby'), /hint$/);
  });

  test('a typed function without a schema takes JSON', async () => {
    await tab.choose('double');
    await page.getByRole('textbox', { name: 'Body' }).fill('{"n":21}');
    await tab.send();
    assert.deepEqual(JSON.parse(await tab.body()), { twice: 42 });
  });

  test('sends sample events, and explains what the platform does', async () => {
    await tab.choose('onFile');
    await tab.send();
    await answer()
      .getByText(/^Retried: .* 500/)
      .waitFor();
    assert.equal(await tab.body(), 'no bucket in com.example.greeting');
    await page.getByLabel('Kind').selectOption('storage');
    await tab.holds('my-bucket');
    await page.getByLabel('subject').fill('objects/dog.png');
    await tab.send();
    await answer()
      .getByText(/^Acknowledged/)
      .waitFor();
    await page.getByText('The request as it is sent').click();
    await page.getByText('ce-subject: objects/dog.png').waitFor();
    const command = await tab.copy('Copy as barefn invoke');
    assert.match(command, /--target=onFile --event=storage --subject=objects\/dog\.png$/);
    assert.match(await tab.copy('Copy as curl'), /-H 'ce-subject: objects\/dog\.png'/);
  });

  test('what a sample derives from its attributes follows them', async () => {
    await tab.choose('onFile');
    await page.getByLabel('Kind').selectOption('firestore');
    await tab.holds('documents/users/alice');
    await page.getByLabel('subject').fill('documents/users/bob');
    await page.getByLabel('subject').blur();
    await tab.holds('(default)/documents/users/bob');
    assert.equal(await page.getByLabel('document', { exact: true }).inputValue(), 'users/bob');
    await page.getByLabel('location').fill('europe-west1');
    assert.match(
      await tab.copy('Copy as barefn invoke'),
      / --event=firestore --subject=documents\/users\/bob -H 'ce-location: europe-west1'$/,
    );
    await page.getByLabel('Kind').selectOption('storage');
    await tab.holds('my-bucket');
  });

  test('shows the warnings of development beside the answer', async () => {
    await answer()
      .getByText(/onFile ended while work that it started was running/)
      .waitFor();
    await tab.choose('lingers');
    await tab.send();
    await answer()
      .getByText(/lingers answered while work that it started was running/)
      .waitFor();
  });

  test('modes that a kind does not have cannot be chosen', async () => {
    await tab.choose('onFile');
    const enabled = (): Promise<string[]> =>
      page
        .getByLabel('Mode')
        .evaluate((one: any) =>
          [...one.options].filter(({ disabled }) => !disabled).map(({ value }) => value),
        );
    assert.deepEqual(await enabled(), ['binary', 'structured', 'legacy']);
    await page.getByText('Not for storage: push.').waitFor();
    await page.getByLabel('Kind').selectOption('pubsub');
    await page.getByText('Not for').waitFor({ state: 'hidden' });
    await page.getByLabel('Mode').selectOption('push');
    await page.getByLabel('Kind').selectOption('custom');
    await page.getByText('Not for custom: legacy and push.').waitFor();
    assert.equal(await page.getByLabel('Mode').inputValue(), 'binary');
  });

  test('sends documents of Firestore as protobuf, made of the JSON in the form', async () => {
    await tab.choose('onFile');
    await page.getByLabel('Kind').selectOption('firestore');
    await tab.holds('users/alice');
    await tab.send();
    await answer()
      .getByText(/^Retried: .* 500/)
      .waitFor();
    assert.equal(await tab.body(), 'no bucket in google.cloud.firestore.document.v1.written');
    assert.match(await tab.copy('Copy as curl'), /^printf %s \S+ \| base64 -d \| curl -X POST /);
  });

  test('every control has a name, in every form', async () => {
    for (const name of ['hello', 'order', 'onFile']) {
      await tab.choose(name);
      const nameless = await page
        .locator('input, select, textarea')
        .evaluateAll((controls: any[]) => controls.filter((one) => one.labels.length === 0).length);
      assert.equal(nameless, 0, name);
    }
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await page.evaluate('typeof window.broken'), 'undefined');
  });

  test('fits a narrow screen', async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    for (const name of ['hello', 'order', 'onFile']) {
      await tab.choose(name);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      assert.equal(width, 360, name);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  test('notices a restart, and shows what is served then', async () => {
    await tab.choose('hello');
    changeProgram(program, `${PROGRAM} http('added', (req, res) => res.send('new'));`);
    await page.getByText(/^Restarted at /).waitFor();
    await tab.choose('added');
    await tab.send();
    assert.equal(await tab.body(), 'new');
  });

  test('says so when the server is gone', async () => {
    program.signal('SIGTERM');
    await program.exit();
    await page.getByText('The server is gone').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await answer()
      .getByText(/No answer/)
      .waitFor();
  });

  test('without breaking its own Content-Security-Policy', () => {
    assert.deepEqual(tab.complaints, []);
  });
});
