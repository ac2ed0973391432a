import type { Case } from '../comparison';
import type { Setting } from '../subject';
import type { WireRequest } from '../wire';
import { type Group, requestCase } from './kinds';
import { settings } from './settings';

interface Handler {
  request?: WireRequest;
  settle?: number;
  patience?: number;
}

/** One case for each handler of a table of the program (program/TABLE.js). */
function handlerCases(table: string, setting: Setting): Case[] {
  const { cases } = require(`../program/${table}.js`) as { cases: Record<string, Handler> };
  return Object.entries(cases).map(([name, { request, settle, patience }]) => {
    const headers = { ...request?.headers, 'x-case': `${table}/${encodeURIComponent(name)}` };
    return requestCase(
      name,
      setting,
      { ...request, headers },
      {
        ...(settle === undefined ? {} : { settle }),
        ...(patience === undefined ? {} : { patience }),
      },
    );
  });
}

export const functionGroups: Group[] = [
  { name: 'request', cases: handlerCases('request', settings.http) },
  { name: 'response', cases: handlerCases('response', settings.http) },
  { name: 'files', cases: handlerCases('files', settings.http) },
  { name: 'calls of Express 4', cases: handlerCases('older', settings.http) },
  { name: 'errors', cases: handlerCases('errors', settings.http) },
  { name: 'errors in production', cases: handlerCases('errors', settings.production) },
  { name: 'logs', cases: handlerCases('logs', settings.http) },
  { name: 'logs with execution ids', cases: handlerCases('logs', settings.executionId) },
];
