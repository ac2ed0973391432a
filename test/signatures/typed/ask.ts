import type { TestContext } from 'node:test';
import { serve } from '../../support/serving';

export async function post(
  origin: string,
  body: unknown,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return fetch(origin, { method: 'POST', body: text, headers });
}

export async function ask(t: TestContext, name: string, body: unknown): Promise<[number, string]> {
  const { origin } = await serve(t, name);
  const answer = await post(origin, body);
  return [answer.status, await answer.text()];
}
