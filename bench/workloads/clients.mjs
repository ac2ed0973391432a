// Functions as people write them: each holds a client of a service, made when it is loaded. The same
// functions are built and called in `npm run test:clients`.
import { fileURLToPath } from 'node:url';
import { hello } from './index.mjs';

/** Their packages have a lock file of their own. */
export const clientsFolder = fileURLToPath(new URL('../../test/build/clients/', import.meta.url));

/** Nothing listens there: the answer needs the client, and no call. */
export const clientEnv = { FAKE_HTTP: 'http://127.0.0.1:9', FAKE_GRPC: '127.0.0.1:9' };

/** What each answers. */
const answers = {
  storage: 'b',
  pubsub: 'projects/p/topics/t',
  firestore: 'a/b',
  openai: clientEnv.FAKE_HTTP,
  s3: 'function',
  small: 'parsed',
};

export const clientNames = Object.keys(answers);

/**
 * The request, and its one right answer.
 * @param {string} client
 * @returns {import('./index.mjs').Workload}
 */
export function clientWorkload(client) {
  const answer = Buffer.from(answers[/** @type {'s3'} */ (client)]);
  return { ...hello, name: `the function with ${client}`, target: 'heavy', answer };
}

/** The function as a module. @param {string} client */
export function clientFunction(client) {
  return `const { cold } = require(${JSON.stringify(`${clientsFolder}functions/${client}.js`)});

exports.heavy = (_req, res) => {
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.end(cold());
};
`;
}
