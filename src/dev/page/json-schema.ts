import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

/** JSON Schema 2020-12, which OpenAPI 3.1 uses. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Which side of a schema: it may convert the value. */
export type Side = 'input' | 'output';

/** The ways in which libraries of Standard Schema give JSON Schema. */
interface Convertible {
  readonly '~standard': {
    readonly vendor: string;
    /** https://standardschema.dev/json-schema: Zod 4.2, ArkType 2.1.28, and wrapped ones of Valibot. */
    readonly jsonSchema?: Record<Side, (options: object) => JsonSchema>;
  };
  /** Zod 4. */
  readonly toJSONSchema?: (options: object) => JsonSchema;
  /** ArkType 2. Its types are functions. */
  readonly toJsonSchema?: (options: object) => JsonSchema;
}

/** The parts of `@valibot/to-json-schema` and Zod 4 that convert. */
interface Converter {
  readonly toJsonSchema?: (schema: unknown, options: object) => JsonSchema;
  readonly toJSONSchema?: (schema: unknown, options: object) => JsonSchema;
}

const TARGET = 'draft-2020-12';

/**
 * The JSON Schema of a validator, if its library gives one. What JSON Schema cannot express is left
 * open where the library can do that.
 *
 * @param source a file of the program, which finds the packages that the program has installed
 */
export function jsonSchemaOf(schema: unknown, side: Side, source: string): JsonSchema | undefined {
  if (schema === undefined || schema === null) return undefined;
  const convertible = schema as Convertible;
  const { vendor, jsonSchema } = convertible['~standard'];
  const zod = { target: TARGET, io: side, unrepresentable: 'any' };
  const ways: (() => JsonSchema | undefined)[] = [
    () => convertible.toJSONSchema?.(zod),
    () => jsonSchema?.[side]({ target: TARGET }),
    () => convertible.toJsonSchema?.({ fallback: ({ base }: { base: JsonSchema }) => base }),
    () => {
      if (vendor !== 'valibot') return undefined;
      const options = { typeMode: side, target: TARGET, errorMode: 'ignore' };
      return load('@valibot/to-json-schema', source).toJsonSchema?.(schema, options);
    },
    () => (vendor === 'zod' ? load('zod', source).toJSONSchema?.(schema, zod) : undefined),
  ];
  for (const way of ways) {
    const found = attempt(way);
    if (found !== undefined) return found;
  }
  return undefined;
}

function attempt(way: () => JsonSchema | undefined): JsonSchema | undefined {
  try {
    return way();
  } catch {
    // Not installed, or the schema has what JSON Schema cannot express.
    return undefined;
  }
}

function load(name: string, source: string): Converter {
  return createRequire(pathToFileURL(source))(name) as Converter;
}
