import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { chromium, skip } from '../support/chromium';
import { type Program, serveProgram } from '../support/program';

const PROGRAM = `
const { http, cloudEvent, typed } = require('barefn');
http('hello', (req, res) => res.set('X-Answer', 'yes').send('<b>' + req.method + ' ' + req.url + ' ' + JSON.stringify(req.body) + '</b>'));
cloudEvent('onFile', (event) => {
  if (event.data.bucket === undefined) throw new Error('no bucket in ' + event.type);
});
typed('double', ({ n }) => ({ twice: 2 * n }));
exports['"><script>window.broken = 1</script>'] = () => {};
`;

describe('the page of all functions, in Chromium,', { skip, timeout: 60_000 }, () => {
  let program: Program;
  let browser: any;
  let page: any;
  /** What the browser complained of. */
  const complaints: string[] = [];

  before(async () => {
    program = await serveProgram(PROGRAM, { args: ['--target=*'] });
    browser = await require('playwright-core').chromium.launch({
      executablePath: chromium,
      args: ['--no-sandbox'],
    });
    page = await browser.newPage();
    page.on('pageerror', (error: Error) => complaints.push(error.message));
    page.on('console', (message: any) => {
      if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
    });
    await page.goto(`http://localhost:${program.port}/`, { waitUntil: 'networkidle' });
  });
  after(async () => {
    await browser?.close();
    program?.kill();
  });

  const article = (name: string): any =>
    page.locator('article').filter({ has: page.getByRole('heading', { name }) });
  const send = async (name: string): Promise<string> => {
    const status = article(name).getByRole('status');
    await article(name).getByRole('button', { name: 'Send' }).click();
    // The fields come with the body, after the line on the delivery of an event.
    await status.locator('pre').first().waitFor();
    // biome-ignore lint/performance/useDomNodeTextContent: as it is seen, line by line
    return status.innerText();
  };

  test('sends a request and shows status, fields and body as text', async () => {
    const form = article('hello');
    await form.getByLabel('Method').selectOption('PUT');
    await form.getByLabel('Path').fill('/hello/x?y=1');
    await form.getByLabel('Body').fill('{"n":1}');
    const shown = await send('hello');
    assert.match(shown, /^200 OK, \d+ ms/);
    assert.match(shown, /^x-answer: yes$/m);
    assert.match(shown, /^<b>PUT \/x\?y=1 \{"n":1\}<\/b>$/m);
    assert.equal(await page.locator('b').count(), 0);
  });

  test('sends a request by the keyboard alone', async () => {
    await article('double').getByLabel('Body').fill('{"n":21}');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const status = article('double').getByRole('status');
    await status.getByText('{"twice":42}').waitFor();
  });

  test('sends sample events and says what the platform would do', async () => {
    const form = article('onFile');
    assert.match(await send('onFile'), /^500 .*Retried: .*no bucket in com\.example\.greeting/s);
    await form.getByLabel('Sample event').selectOption('storage');
    await page.waitForFunction(() =>
      (globalThis as any).document.body
        .querySelector('[data-path="/onFile"] [name=body]')
        .value.includes('bucket'),
    );
    assert.match(await send('onFile'), /^204 .*Acknowledged/s);
    await form.getByLabel('Mode').selectOption('push');
    await form
      .getByRole('status')
      .or(form.locator('[role=status]'))
      .getByText(/Only Pub\/Sub/)
      .waitFor();
  });

  test('every control has a name, the page a language, and names are text', async () => {
    const nameless = await page
      .locator('input, select, textarea')
      .evaluateAll((controls: any[]) => controls.filter((one) => one.labels.length === 0).length);
    assert.equal(nameless, 0);
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
    assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
    assert.equal(await page.evaluate('typeof window.broken'), 'undefined');
    assert.equal(await article('"><script>').count(), 1);
  });

  test('says so when no answer comes', async () => {
    program.kill();
    await program.exit();
    await article('hello').getByRole('button', { name: 'Send' }).click();
    await article('hello')
      .getByRole('status')
      .getByText(/No answer/)
      .waitFor();
  });

  test('without breaking its own Content-Security-Policy', () => {
    assert.deepEqual(complaints, []);
  });
});
