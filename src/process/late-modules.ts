import type { ServeOptions } from '../serve/serve';

/**
 * Loads every module that is required within a function while a request is served. Modules of node
 * are in its executable: they need no file.
 */
export function loadForRequests({ http2, express }: ServeOptions): void {
  require('../http/accept');
  require('../http/all-media-types');
  require('../http/app-settings');
  require('../http/charset');
  require('../http/decode-text');
  require('../http/inflate');
  require('../http/json-fault');
  require('../http/media-type');
  require('../http/mime-types');
  require('../http/negotiation');
  require('../http/request-origin');
  require('../http/response-bodies');
  require('../http/response-fields');
  require('../http/send-file');
  require('../http/trace-context');
  require('../http/urlencoded');
  require('../failures/forwarded');
  require('../failures/missing-body');
  require('../failures/timed-out');
  require('../failures/unwanted-upload');
  require('../serve/pipelined');
  if (express === 4) loadForExpress4();
  if (http2) require('../serve/http2-stream');
}

function loadForExpress4(): void {
  require('../express4/content-type');
  require('../express4/files');
  require('../express4/request-members');
  require('../express4/response-members');
}

/** Loads what ends the process, and lets it go on without a reader of what it prints. */
export function loadForProcess(): void {
  require('./drain');
  ignoreLostOutput();
}

/**
 * Where nobody reads the output any more, e.g. because the log collector was restarted, node emits an
 * error for each line: an uncaught exception of the request that logs.
 */
export function ignoreLostOutput(): void {
  for (const output of [process.stdout, process.stderr]) {
    if (!output.listeners('error').includes(ignore)) output.on('error', ignore);
  }
}

function ignore(): void {}
