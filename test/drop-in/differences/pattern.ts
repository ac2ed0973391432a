import type { Difference, Observation } from '../comparison';

/** What one package shows: exactly this text, a text like this, or (undefined) nothing. */
export type Facts = Record<string, string | RegExp | undefined>;

/** Where a difference on purpose shows, in which fields, and what each package shows there. */
export interface Pattern {
  group: string | RegExp;
  case: string | RegExp;
  /** The fields that may differ then. */
  fields: readonly string[];
  theirs?: Facts;
  ours?: Facts;
  /** What else has to be true. */
  when?: (difference: Difference) => boolean;
}

/** A predicate that is true when one of the patterns fits. */
export function fits(...patterns: Pattern[]): (difference: Difference) => boolean {
  return (difference) =>
    patterns.some(
      (pattern) =>
        isLike(difference.group, pattern.group) &&
        isLike(difference.case, pattern.case) &&
        pattern.fields.includes(difference.field) &&
        shows(difference.all.theirs, pattern.theirs) &&
        shows(difference.all.ours, pattern.ours) &&
        (pattern.when?.(difference) ?? true),
    );
}

function shows(observation: Observation, facts: Facts = {}): boolean {
  return Object.entries(facts).every(([field, fact]) => isLike(observation[field], fact));
}

function isLike(value: string | undefined, fact: string | RegExp | undefined): boolean {
  return fact instanceof RegExp ? value !== undefined && fact.test(value) : value === fact;
}

/** The body and what follows from it. */
export const BODY = ['body', 'header content-length'];

/** What describes an error text or page. */
export const ERROR_TEXT = [
  ...BODY,
  'header content-type',
  'header content-security-policy',
  'header x-content-type-options',
];

/** All of an answer but what is about the connection. */
export const ANSWER = ['status', 'reason', 'header x-google-status', ...ERROR_TEXT];

/** What shows too where only one package answers. */
export const CONNECTION = ['header date', 'header connection', 'header keep-alive'];

/** What program/report.js shows of a request, where only one package calls the function. */
export const REPORT = [
  'header x-report',
  'method',
  'url',
  'originalUrl',
  'path',
  'baseUrl',
  'query',
  'query keys',
  'rawBody',
  'body is rawBody',
  'body prototype',
  'headers',
  'get Content-Type',
  'ip',
  'ips',
  'protocol',
  'secure',
  'host',
  'hostname',
  'subdomains',
  'xhr',
  'fresh',
  'stale',
  'executionId',
  'spanId',
];

/** Express's error page. */
export const PAGE = { 'header content-type': 'text/html; charset=utf-8', body: /^<!DOCTYPE html>/ };

/** A text of ours that says why a request is refused. */
export const TEXT = {
  'header content-type': 'text/plain; charset=utf-8',
  'header x-content-type-options': 'nosniff',
};
