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
 * `barefn invoke`: loads a function, sends it one request as a server would, prints the response and
 * exits: 0 for success, else 1. Startup and shutdown hooks run.
 *
 * @throws BarefnError for invalid options and data, and those of `loadFunction`
 */
export async function invokeFunction(
  line: CommandLine,
  options: Options,
  output: Output,
): Promise<void> {
  let isSuccess = false;
  // Without this, a function that exits or leaves nothing to wait for would look like a success.
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
  const prepared = await prepareRequest(line, registration.type);
  await runStartupHooks(startupHooks());
  const service = createService(registration, withExpress(options));
  supervisor.supervise(service);
  try {
    const response = await answerOf(service, prepared.request);
    await output.result(describeResponse(response));
    isSuccess = report(response.status, prepared, output);
  } catch (error) {
    output.note(messageOf(error));
  }
  await supervisor.end(isSuccess ? 0 : 1);
}

/** Sends the request. Rejects if no response comes or the connection is cut. */
async function answerOf(service: Service, request: InvokeRequest): Promise<InvokeResponse> {
  try {
    return await Promise.race([inject(service.server, request), untilIdle()]);
  } catch (cause) {
    // So that the service does not wait for them when it ends.
    for (const { req } of service.inFlight) req.socket.destroy();
    if (isThrown(cause, BarefnError)) throw cause;
    const why = messageOf(cause);
    throw new BarefnError('CUT_OFF', `The response was cut off: ${why}.`, { cause });
  }
}

/** Rejects when the process is idle, so that no response can come any more. */
function untilIdle(): Promise<never> {
  return new Promise((_, reject) => {
    process.once('beforeExit', () => {
      const message =
        'The function did not answer, and nothing that it started is still running. End the response, e.g. with res.send().';
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

/** Says what the platform would do with an event. Returns whether the call succeeded. */
function report(status: number, { sender }: PreparedRequest, output: Output): boolean {
  if (sender === undefined) return status < 400;
  const { isAcknowledged, text } = describeDelivery(status, sender === 'pubsub');
  output.note(text);
  return isAcknowledged;
}
