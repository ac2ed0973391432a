import http from 'node:http';
import { BarefnError } from '../../core/errors';
import { startupHooks } from '../../core/registry';
import { isThrown, messageOf } from '../../core/thrown';
import { withExpress } from '../../load/express-version';
import { loadFunction } from '../../load/load';
import type { CommandLine } from '../../options/arguments';
import type { Options } from '../../options/options';
import { awaitModule, runStartupHooks } from '../../process/startup';
import { Supervisor } from '../../process/supervisor';
import { type InvokeRequest, type InvokeResponse, inject } from '../../server/inject';
import { createService, type Service } from '../../server/serve';
import { describeDelivery } from '../events/delivery';
import type { Output } from '../output';
import { type PreparedRequest, prepareRequest } from './request';

/**
 * `barefn invoke`: loads a function, sends it one request through the whole path, prints the
 * response, and ends the process: with 0 for success, else 1. Hooks run as when serving.
 *
 * @throws BarefnError for options and data that are wrong, and those of `loadFunction`
 */
export async function invokeFunction(
  line: CommandLine,
  options: Options,
  output: Output,
): Promise<void> {
  let isSuccess = false;
  // The function may end the process, or leave nothing to wait for: that would look like success.
  process.once('exit', () => {
    if (!isSuccess) process.exitCode ||= 1;
  });
  const supervisor = new Supervisor(options.shutdownTimeout);
  if (options.logExecutionId) {
    const log = require('../../process/log') as typeof import('../../process/log');
    log.decorateLogs(log.projectIdOf(process.env));
  }
  const loaded = loadFunction(options);
  const registration = loaded instanceof Promise ? await awaitModule(loaded, options) : loaded;
  const planned = await prepareRequest(line, registration.type);
  await runStartupHooks(startupHooks());
  const service = createService(registration, withExpress(options));
  supervisor.supervise(service);
  try {
    const response = await answerOf(service, planned.request);
    await output.result(describeResponse(response));
    isSuccess = report(response.status, planned, output);
  } catch (fault) {
    output.note(messageOf(fault));
  }
  await supervisor.end(isSuccess ? 0 : 1);
}

/** The response; an error where none comes or it is cut off. */
async function answerOf(service: Service, request: InvokeRequest): Promise<InvokeResponse> {
  try {
    return await Promise.race([inject(service.server, request), untilIdle()]);
  } catch (cause) {
    // There is nothing to wait for when the service ends.
    for (const { req } of service.inFlight) req.socket.destroy();
    if (isThrown(cause, BarefnError)) throw cause;
    const why = messageOf(cause);
    throw new BarefnError('CUT_OFF', `The response was cut off: ${why}.`, { cause });
  }
}

/** Rejects when nothing is left in the process that could lead to a response. */
function untilIdle(): Promise<never> {
  return new Promise((_, reject) => {
    process.once('beforeExit', () => {
      const message =
        'The function did not answer, and nothing that it started is left that could. It has to end the response.';
      reject(new BarefnError('NOT_ANSWERED', message));
    });
  });
}

function describeResponse({ status, headers, rawBody }: InvokeResponse): Buffer {
  const lines = [`HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ''}`.trimEnd()];
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value].flat()) lines.push(`${name}: ${one}`);
  }
  const end = rawBody.length === 0 || rawBody.at(-1) === 0x0a ? '' : '\n';
  const head = Buffer.from(`${lines.join('\n')}\n\n`, 'latin1');
  return Buffer.concat([head, rawBody, Buffer.from(end)]);
}

/** Says what the platform would do with the event, if it was one. Returns whether all is well. */
function report(status: number, { sender }: PreparedRequest, output: Output): boolean {
  if (sender === undefined) return status < 400;
  const { isAcknowledged, text } = describeDelivery(status, sender === 'pubsub');
  output.note(text);
  return isAcknowledged;
}
