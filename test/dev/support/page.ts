import { writeFileSync } from 'node:fs';
import type { Program } from '../../support/program';

/** A page of Playwright, whose types are not needed otherwise. */
export type Page = any;

/** The development page in a tab. */
export interface Tab {
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: string[];
  /** Opens the form of a function. */
  choose(name: string): Promise<void>;
  /** Sends the form, and waits for the end of the answer. */
  send(): Promise<void>;
  /** The body that is shown. */
  body(): Promise<string>;
  /** Waits until a field of the form has this text. */
  holds(text: string): Promise<void>;
  /** What a button copies. */
  copy(button: string): Promise<string>;
}

/** Opens the page. */
export async function openPage(browser: any, url: string): Promise<Tab> {
  const context = await browser.newContext({
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error: Error) => complaints.push(error.message));
  page.on('console', (message: any) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(url);
  await page.getByText('Connected', { exact: true }).waitFor();
  return {
    page,
    complaints,
    async choose(name) {
      const link = page.getByRole('navigation').getByRole('link');
      await link.filter({ has: page.getByText(name, { exact: true }) }).click();
      await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    },
    async send() {
      const ended = page.evaluate(
        "new Promise((resolve) => document.querySelector('.answer').addEventListener('end', () => resolve(), { once: true }))",
      );
      await page.getByRole('button', { name: 'Send' }).click();
      await ended;
    },
    body: () => page.getByLabel('Body of the answer').textContent(),
    holds: (text) =>
      page.waitForFunction(
        (wanted: string) =>
          [...(globalThis as any).document.querySelectorAll('input, textarea')].some(({ value }) =>
            value.includes(wanted),
          ),
        text,
      ),
    async copy(button) {
      await page.getByRole('button', { name: button }).click();
      await page.getByRole('button', { name: 'Copied' }).waitFor();
      const text = await page.evaluate('navigator.clipboard.readText()');
      await page.getByRole('button', { name: button }).waitFor();
      return text;
    },
  };
}

/** Writes another text into the module that is served. */
export function changeProgram({ child }: Program, text: string): void {
  const source = child.spawnargs.find((argument) => argument.startsWith('--source='));
  writeFileSync((source as string).slice('--source='.length), text);
}
