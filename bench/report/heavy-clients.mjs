// The starts of functions with clients: a variant names the client and the way it was started.
import { listVariants, selectCells } from './summary.mjs';

/** @typedef {import('./summary.mjs').Result} Result */

const experiment = 'heavy-start';

/** The clients in the order they were measured. @param {Result} result */
export function listClients(result) {
  return [...new Set(listVariants(result, experiment).map((variant) => variant.split(', ')[0]))];
}

/**
 * The cells of one client.
 * @param {Result} result
 * @param {string} client
 */
export function selectClient(result, client) {
  return selectCells(result, experiment).filter(({ variant }) => variant.startsWith(`${client}, `));
}
