import type { Server } from 'node:http';
import type { CloudEvent } from './cloudevents/event';
import { asRegistration, type Registration, registration } from './core/registry';
import type { SampleKind, SampleOverrides } from './google/samples/sample';
import { checkOptions } from './options/check';
import type { AnyFunction, ServerOptions } from './server';
import type { InvokeRequest, InvokeResponse } from './server/inject';
import { createService } from './server/serve';
import type { Request } from './types/express';
import type { HandlerFunction, HttpFunction } from './types/handlers';

export type { InvokeRequest, InvokeResponse } from './server/inject';
export type { AnyFunction, SampleKind, SampleOverrides, ServerOptions };

/**
 * Gives the function that was registered under `name`, to call it directly.
 *
 * @returns undefined when nothing was registered under that name
 * @example
 * require('./index.js');
 * getFunction('hello')(request, response);
 */
export function getFunction(name: string): HandlerFunction | undefined {
  return registration(name)?.handler as HandlerFunction | undefined;
}

/**
 * Makes a server of a function, not listening yet, for supertest and similar libraries. It passes any JSON
 * object to a CloudEvent function, with a warning if it is not an event; other servers answer 400. The
 * default of `express` is the version that the command would choose in the current directory.
 *
 * @param target the name of a registered function, or a function itself
 * @throws Error when nothing was registered under that name
 * @example
 * await supertest(getTestServer('hello')).get('/?name=Ada').expect(200, 'Hello, Ada!');
 */
// biome-ignore lint/suspicious/noExplicitAny: Express's own default
export function getTestServer<Body = any, Query = Request['query']>(
  target: string | HttpFunction<Body, Query>,
  options?: ServerOptions,
): Server;
/** A server of a function of any signature, not listening yet. */
export function getTestServer(target: string | AnyFunction, options?: ServerOptions): Server;
export function getTestServer(target: string | AnyFunction, options: ServerOptions = {}): Server {
  return serverOf(target, options, true);
}

/**
 * Runs a function through the whole request path without a socket.
 *
 * @param target the name of a registered function, or a function itself
 * @returns a promise of the response; it is rejected when the response is cut off
 * @throws Error when nothing was registered under that name
 * @example
 * const { status, body } = await invoke('hello', { path: '/?name=Ada' });
 */
// biome-ignore lint/suspicious/noExplicitAny: Express's own default
export function invoke<Body = any, Query = Request['query']>(
  target: string | HttpFunction<Body, Query>,
  request?: InvokeRequest,
  options?: ServerOptions,
): Promise<InvokeResponse>;
/** Runs a function of any signature through the whole request path without a socket. */
export function invoke(
  target: string | AnyFunction,
  request?: InvokeRequest,
  options?: ServerOptions,
): Promise<InvokeResponse>;
export function invoke(
  target: string | AnyFunction,
  request: InvokeRequest = {},
  options: ServerOptions = {},
): Promise<InvokeResponse> {
  const { inject } = require('./server/inject') as typeof import('./server/inject');
  return inject(serverOf(target, options, false), request);
}

/**
 * Makes an event as Google's services send it, with the attributes that Eventarc adds and protobuf where
 * production has it. `barefn events` lists the kinds; a type of Google's events is one, too.
 *
 * @param overrides attributes and data to change. The data of `firestore` are the fields of the document
 *   as plain values, or `{ before, after }`
 * @throws BarefnError `UNKNOWN_EVENT_KIND`
 * @example
 * const event = sample('firestore', { document: 'users/ada', data: { name: 'Ada' } });
 * await invoke('onUser', { event });
 */
export function sample(
  kind: SampleKind | (string & {}),
  overrides?: SampleOverrides,
): CloudEvent<unknown> {
  const { sampleEvent } =
    require('./google/samples/sample') as typeof import('./google/samples/sample');
  return sampleEvent(kind, overrides);
}

function serverOf(
  target: string | AnyFunction,
  options: ServerOptions,
  takesAnyJson: boolean,
): Server {
  const checked = checkOptions(options);
  const found =
    typeof target === 'string' ? registered(target) : asRegistration(target, checked.signatureType);
  const choice = require('./load/express-choice') as typeof import('./load/express-choice');
  const express = checked.express ?? choice.expressOfDirectory();
  return createService(found, { ...checked, express, takesAnyJson }).server as Server;
}

function registered(name: string): Registration {
  const found = registration(name);
  if (found !== undefined) return found;
  throw new Error(
    `The provided function "${name}" was not registered. Did you forget to require the module that defined it?`,
  );
}
