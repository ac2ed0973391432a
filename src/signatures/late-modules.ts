import type { SignatureType } from '../core/registry';

/** Loads every module that functions of a type may require; `*` stands for every type. */
export function loadForFunctions(type: SignatureType | '*'): void {
  require('./web/response');
  require('./web/light/classes');
  require('./web/light/fetch');
  if (type === 'cloudevent' || type === 'event' || type === '*') loadForEvents();
}

function loadForEvents(): void {
  require('../cloudevents/encode');
  require('../core/exact-json');
  require('./event/request');
}
