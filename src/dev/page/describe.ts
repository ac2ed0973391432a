import path from 'node:path';
import { callForms } from '../../cli/call-forms';
import type { Registration } from '../../core/registry';
import type { StandardSchema } from '../../core/standard-schema';
import { sampleKinds } from '../../google/samples/sample';
import { resolveSource } from '../../load/load';
import { type JsonSchema, jsonSchemaOf, type Side } from './json-schema';
import { functionsOf, type Site } from './routes';

/** A function, as the page needs to know it. */
interface DescribedFunction {
  readonly name: string;
  readonly type: Registration['type'];
  readonly path: string;
  readonly carries: 'anything' | 'json' | 'event';
  /** The JSON Schema of a typed function's input. */
  readonly input: JsonSchema | undefined;
  /** Why a schema gives no form. */
  readonly note: string | undefined;
}

/** What the page shows, as JSON. */
export function describeSite(site: Site): object {
  const { options } = site;
  const functions = functionsOf(site).map((one): DescribedFunction => {
    const input = schemaOf(site, one, 'input');
    return {
      name: one.name,
      type: one.type,
      path: pathOf(site, one),
      carries: callForms[one.type].carries,
      input,
      note: input === undefined ? describeMissingForm(one) : undefined,
    };
  });
  const { source, signatureType } = options;
  return {
    isIndex: site.isIndex,
    functions,
    kinds: sampleKinds,
    // What `barefn invoke` needs to find the function, where it is not the default.
    source: source === process.cwd() ? undefined : nearPath(source),
    signatureType: signatureType === 'http' ? undefined : signatureType,
  };
}

function describeMissingForm({ type, options }: Registration): string | undefined {
  const { input } = (options ?? {}) as { input?: StandardSchema };
  if (type !== 'typed' || input === undefined) return undefined;
  const { vendor } = input['~standard'];
  const advice = vendor === 'valibot' ? ' Install @valibot/to-json-schema for a form.' : '';
  return `The schema, of ${vendor}, gives no JSON Schema.${advice}`;
}

function nearPath(file: string): string {
  const relative = path.relative('', file);
  return relative.startsWith('..') ? file : relative;
}

/** Where a function is served. */
export function pathOf({ isIndex }: Site, { name }: Registration): string {
  return isIndex ? `/${encodeURIComponent(name)}` : '/';
}

/** The JSON Schema of one side of a typed function. */
export function schemaOf(site: Site, one: Registration, side: Side): JsonSchema | undefined {
  if (one.type !== 'typed') return undefined;
  const schemas = one.options as Partial<Record<Side, unknown>> | undefined;
  return jsonSchemaOf(schemas?.[side], side, resolveSource(site.options.source));
}
