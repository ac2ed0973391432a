// node --import ./sentry.mjs node_modules/barefn/dist/cli.js
import { subscribe } from 'node:diagnostics_channel';
import * as Sentry from '@sentry/node';

Sentry.init({
  dsn: 'http://key@127.0.0.1:9/1',
  tracesSampleRate: 1,
  traceLifecycle: 'static',
  beforeSend(event, { originalException }) {
    const { contexts, request, tags } = event;
    const line = { message: originalException.message, trace: contexts.trace, request, tags };
    process.stderr.write(`event ${JSON.stringify(line)}\n`);
    return null;
  },
  beforeSendTransaction({ transaction, contexts }) {
    process.stderr.write(`transaction ${JSON.stringify({ transaction, trace: contexts.trace })}\n`);
    return null;
  },
});

// barefn answers for what a function throws, so Sentry learns of it here.
subscribe('tracing:barefn.invocation:error', ({ name, error }) => {
  Sentry.captureException(error, { tags: { function: name } });
});
