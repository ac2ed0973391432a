import type { ServeOptions } from '../server/serve';

/**
 * Loads every module that is required within a function while a request is served. Node's own modules
 * are part of its executable.
 */
export function loadForRequests({ http2, express }: ServeOptions): void {
  require('../http/body/read');
  require('../http/errors/failure');
  require('../server/refusals');
  require('../core/media-type');
  require('../http/headers/accept');
  require('../http/media-types/all');
  require('../http/request/app-settings');
  require('../http/body/text');
  require('../http/body/inflate');
  require('../http/body/json-error');
  require('../http/headers/media-type');
  require('../http/files/mime-types');
  require('../http/request/negotiation');
  require('../http/request/origin');
  require('../http/response/bodies');
  require('../http/response/headers');
  require('../http/files/send-file');
  require('../http/request/trace-context');
  require('../http/body/form');
  require('../http/errors/missing-body');
  require('../http/errors/timeout');
  require('../http/errors/unwanted-upload');
  require('../server/pipelined');
  if (express === 4) loadForExpress4();
  if (http2) require('../server/http2/stream');
}

function loadForExpress4(): void {
  require('../http/express4/members/content-type');
  require('../http/express4/members/files');
  require('../http/express4/members/request-members');
  require('../http/express4/members/response-members');
}

/** Loads the shutdown, and ignores errors of stdout and stderr. */
export function loadForProcess(): void {
  require('./drain');
  require('./uncaught');
  ignoreLostOutput();
}

/**
 * When nobody reads the output any more, e.g. because the log collector restarts, Node emits an error for
 * each line: an uncaught exception of the request that logs.
 */
export function ignoreLostOutput(): void {
  for (const output of [process.stdout, process.stderr]) {
    if (!output.listeners('error').includes(ignore)) output.on('error', ignore);
  }
}

function ignore(): void {}
