import type { Registration } from '../../core/registry';
import { pathOf, schemaOf } from './describe';
import type { JsonSchema, Side } from './json-schema';
import { functionsOf, type Site } from './routes';

/** Characters that a name of a component must not have. */
const NOT_IN_NAMES = /[^\w.-]/g;

/** Describes the typed functions. @see https://spec.openapis.org/oas/v3.1.1.html */
export function openApi(site: Site): object {
  const typed = functionsOf(site).filter(({ type }) => type === 'typed');
  const schemas: Record<string, unknown> = {};
  const refer = (one: Registration, side: Side): object => {
    const schema = schemaOf(site, one, side);
    if (schema === undefined) return {};
    const name = `${one.name.replace(NOT_IN_NAMES, '_')}.${side}`;
    const pointer = `#/components/schemas/${name}`;
    schemas[name] = asComponent(schema, pointer);
    return { $ref: pointer };
  };
  const paths = typed.map((one) => [pathOf(site, one), { post: operationOf(one, refer) }]);
  return {
    openapi: '3.1.0',
    info: { title: 'Functions', version: '0.0.0' },
    paths: Object.fromEntries(paths),
    components: { schemas },
  };
}

function operationOf(one: Registration, refer: (one: Registration, side: Side) => object): object {
  const json = (side: Side): object => ({ 'application/json': { schema: refer(one, side) } });
  const text = { 'text/plain': { schema: { type: 'string' } } };
  return {
    operationId: one.name,
    requestBody: { required: true, content: json('input') },
    responses: {
      200: { description: 'What the function returned.', content: json('output') },
      204: { description: 'The function returned undefined.' },
      400: { description: 'The body is not JSON, or not as the schema says.', content: text },
      415: { description: 'The body is of another media type.', content: text },
      500: { description: 'The function failed.', content: text },
    },
  };
}

/** Inside of the document, `#` is the document: references of the schema name its place in it. */
function asComponent(schema: JsonSchema, pointer: string): unknown {
  const { $schema: _, ...rest } = schema;
  return moveReferences(rest, pointer);
}

function moveReferences(value: unknown, pointer: string): unknown {
  if (Array.isArray(value)) return value.map((one) => moveReferences(one, pointer));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => {
    const isLocal = key === '$ref' && typeof one === 'string' && one.startsWith('#');
    return [key, isLocal ? pointer + one.slice(1) : moveReferences(one, pointer)];
  });
  return Object.fromEntries(entries);
}
