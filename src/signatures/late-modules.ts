import type { SignatureType } from '../core/registry';

/** Loads every module that is required within a function while one of this type, or of any, runs. */
export function loadForFunctions(type: SignatureType | '*'): void {
  require('./web/response');
  if (type === 'cloudevent' || type === 'event' || type === '*') loadForEvents();
}

function loadForEvents(): void {
  require('./event/schema');
  require('../cloudevents/encode');
  require('./event/request');
}
