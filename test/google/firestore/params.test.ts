import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { BarefnError, type DocumentParams, decodeFirestoreEvent } from '../../../src/google';

function paramsOf(path: string, pattern: string): Record<string, string> | undefined {
  const name = `projects/p/databases/(default)/documents/${path}`;
  return decodeFirestoreEvent({ data: { value: { name } } }).params(pattern);
}

suite('the parameters of a document path', () => {
  const cases: [path: string, pattern: string, expected: Record<string, string> | undefined][] = [
    ['users/alice', 'users/{uid}', { uid: 'alice' }],
    ['users/alice', '/users/{uid}/', { uid: 'alice' }],
    ['users/alice', 'users/{uid=*}', { uid: 'alice' }],
    ['users/alice', 'users/*', {}],
    ['users/alice', 'users/alice', {}],
    ['users/alice', 'users/bob', undefined],
    ['users/alice', 'teams/{id}', undefined],
    ['users/alice/posts/1', 'users/{uid}', undefined],
    ['users/alice', 'users/{uid}/posts/{post}', undefined],
    ['users/alice/posts/1', 'users/{uid}/posts/{post}', { uid: 'alice', post: '1' }],
    ['users/alice/posts/1', 'users/{rest=**}', { rest: 'alice/posts/1' }],
    ['users/alice/posts/1', '{rest=**}', { rest: 'users/alice/posts/1' }],
    ['users/alice/posts/1', '{head=**}/posts/{post}', { head: 'users/alice', post: '1' }],
    ['users/alice/posts/1', 'users/{uid}/posts/1/**', { uid: 'alice' }],
    ['users/alice', 'users/{__proto__}', JSON.parse('{"__proto__":"alice"}')],
    ['users/a%2Fb', 'users/{uid}', { uid: 'a%2Fb' }],
  ];
  for (const [path, pattern, expected] of cases) {
    test(`${pattern} ${expected ? 'matches' : 'does not match'} ${path}`, () => {
      assert.deepEqual(paramsOf(path, pattern), expected);
    });
  }

  for (const pattern of ['', 'users//{uid}', 'users/{uid', 'users/{u-id}', 'a*', '**/a/{b=**}']) {
    test(`"${pattern}" is no pattern`, () => {
      assert.throws(
        () => paramsOf('users/alice', pattern),
        (error) => error instanceof BarefnError && error.code === 'INVALID_OPTION',
      );
    });
  }
});

test('the type of a pattern names its parameters', () => {
  const typed: DocumentParams<'users/{uid}/posts/{post=**}'> = { uid: 'a', post: 'b' };
  // @ts-expect-error: there is no such parameter
  typed.other;
  const any: DocumentParams<string> = { whatever: 'a' };
  const none: DocumentParams<'users/alice'> = {};
  assert.deepEqual(
    [Object.keys(typed), Object.keys(any), none],
    [['uid', 'post'], ['whatever'], {}],
  );
});
