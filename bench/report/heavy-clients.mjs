// The starts of functions with clients: a variant names the client and the way it was started.
import { listVariants, selectCells } from './summary.mjs';

/** @typedef {import('./summary.mjs').Result} Result */

const experiment = 'heavy-start';

/** The clients by name: starts are measured in random order. @param {Result} result */
export function listClients(result) {
  const names = listVariants(result, experiment).map((variant) => variant.split(', ')[0]);
  return [...new Set(names)].sort();
}

/**
 * The cells of one client.
 * @param {Result} result
 * @param {string} client
 */
export function selectClient(result, client) {
  return selectCells(result, experiment).filter(({ variant }) => variant.startsWith(`${client}, `));
}
