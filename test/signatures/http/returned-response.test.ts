import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catchErrors, serve } from '../../support/serving';

type Any = any;

for (const [how, handler] of <[string, Any][]>[
  ['returned', () => new Response('made', { status: 201, headers: { 'x-a': 'b' } })],
  ['promised', async () => new Response('made', { status: 201, headers: { 'x-a': 'b' } })],
]) {
  test(`a Response that an HTTP function has ${how} is sent`, async (t) => {
    const { origin } = await serve(t, { type: 'http', handler });
    const answer = await fetch(origin);
    assert.deepEqual([answer.status, answer.headers.get('x-a')], [201, 'b']);
    assert.equal(await answer.text(), 'made');
    assert.equal(answer.headers.get('content-length'), '4');
  });
}

test('a Response is not sent where the function answers itself', async (t) => {
  const { origin } = await serve(t, {
    type: 'http',
    handler: async (req: Any, res: Any) => {
      if (req.path === '/sent') {
        res.send('own');
        return new Response('lost');
      }
      // The body of another server's answer is passed on later.
      const other = new Response('passed on');
      other.text().then((text) => setTimeout(() => res.send(text), 20));
      return other;
    },
  });
  assert.equal(await (await fetch(`${origin}/sent`)).text(), 'own');
  assert.equal(await (await fetch(`${origin}/other`)).text(), 'passed on');
});

test('a Response whose body fails is answered with 500', async (t) => {
  const errors = catchErrors(t);
  const { origin } = await serve(t, {
    type: 'http',
    handler: () =>
      new Response(
        new ReadableStream({
          start(controller) {
            controller.error(new Error('no body'));
          },
        }),
      ),
  });
  assert.equal((await fetch(origin)).status, 500);
  assert.match(errors.text(), /Error: no body/);
});
