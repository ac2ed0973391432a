// What programs do with requests, responses and headers, as data: the same list runs on instances of the
// light classes and of Node's own, in this process or in a served one.
/** Runs operations one after the other. Gives what came of each. */
async function runAll(subject, operations, classes) {
  const state = { subject, clones: [subject], readers: [], classes };
  const outcomes = [];
  for (const [name, ...args] of operations) {
    // Whether the stream of a used body is still locked is a matter of chance.
    const isLeft = OF_STREAMS.includes(name) && state.subject.bodyUsed;
    if (!isLeft) outcomes.push([name, await outcomeOf(() => OPERATIONS[name](state, ...args))]);
  }
  return outcomes;
}

/** The value of a call, or the class of what it threw. */
async function outcomeOf(call) {
  try {
    return await shown(await call());
  } catch (error) {
    return { threw: error?.constructor?.name ?? typeof error };
  }
}

const OPERATIONS = {
  read: ({ subject }, attribute) =>
    attribute === 'body' && subject.bodyUsed ? subject.body !== null : subject[attribute],
  consume: ({ subject }, method) => subject[method](),
  clone(state, isKept) {
    const clone = state.subject.clone();
    state.clones.push(clone);
    if (!isKept) state.subject = clone;
    return [clone instanceof state.classes[tagOf(clone)], clone.bodyUsed];
  },
  other(state) {
    state.subject = state.clones[(state.clones.indexOf(state.subject) + 1) % state.clones.length];
  },
  header: ({ subject }, method, ...args) => subject.headers[method](...args),
  async chunk({ subject }) {
    const reader = subject.body.getReader();
    const { done, value } = await reader.read();
    reader.releaseLock();
    return [done, value];
  },
  lock({ subject }) {
    subject.body.getReader();
  },
  // Not awaited: one branch of a tee is not cancelled before the other.
  cancel({ subject: { body } }) {
    const { locked } = body;
    body.cancel().catch(() => undefined);
    return locked;
  },
  tee: ({ subject }) => subject.body.tee().length,
  async iterate({ subject }) {
    const chunks = [];
    for await (const chunk of subject.body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  },
  wrap(state, init) {
    const Class = state.classes[tagOf(state.subject)];
    const made =
      tagOf(state.subject) === 'Request'
        ? new Class(state.subject, init)
        : new Class(state.subject.body, state.subject);
    state.clones.push(made);
    state.subject = made;
    return made.bodyUsed;
  },
  copy(state, url) {
    const made = new state.classes.Request(url, state.subject);
    state.clones.push(made);
    state.subject = made;
    return made.url;
  },
  turn: () => new Promise((resolve) => void setTimeout(resolve, 2)),
  async fetch({ subject, classes }) {
    const answer = await fetch(subject, { headers: { 'x-mirror': '1' } });
    const { status, headers } = answer;
    const isKnown = [answer instanceof classes.Response, headers instanceof classes.Headers];
    return [status, ...isKnown, await answer.text()];
  },
  attributes: ({ subject }) =>
    Object.fromEntries(
      ATTRIBUTES.filter((name) => name in subject).map((name) => [name, subject[name]]),
    ),
  kinds: ({ subject, classes }) => [
    subject instanceof classes[tagOf(subject)],
    subject.headers instanceof classes.Headers,
    Object.prototype.toString.call(subject),
    Object.keys(subject).length,
    JSON.stringify(subject),
  ],
};

const OF_STREAMS = ['iterate', 'lock', 'cancel', 'tee', 'chunk'];

const ATTRIBUTES = [
  'method',
  'url',
  'headers',
  'destination',
  'referrer',
  'referrerPolicy',
  'mode',
  'credentials',
  'cache',
  'redirect',
  'integrity',
  'keepalive',
  'isReloadNavigation',
  'isHistoryNavigation',
  'duplex',
  'bodyUsed',
  'status',
  'statusText',
  'ok',
  'type',
  'redirected',
];

function tagOf(value) {
  return Object.prototype.toString.call(value).slice(8, -1);
}

/** A value as JSON has it, without what differs by chance. */
async function shown(value) {
  const tag = tagOf(value);
  if (tag === 'ReadableStream') return ['a stream', value.locked];
  if (tag === 'AbortSignal') return ['a signal', value.aborted];
  if (tag === 'Headers') return ['headers', ...value];
  if (tag === 'Blob' || tag === 'File') return ['blob', value.type, hex(await value.arrayBuffer())];
  if (tag === 'ArrayBuffer' || tag === 'Uint8Array') return [tag, hex(value)];
  if (tag === 'FormData') {
    return Promise.all(
      Array.from(value, async ([name, part]) => [
        name,
        typeof part === 'string' ? part : [part.name, await shown(part)],
      ]),
    );
  }
  if (tag === 'Headers Iterator') return [...value];
  if (tag === 'Array') return Promise.all(value.map(shown));
  if (tag === 'Object') {
    const entries = await Promise.all(
      Object.entries(value).map(async ([name, member]) => [name, await shown(member)]),
    );
    return Object.fromEntries(entries);
  }
  return value === undefined ? 'undefined' : value;
}

function hex(bytes) {
  return Buffer.from(bytes).toString('hex');
}

module.exports = { runAll, outcomeOf, shown };
