import { BarefnError } from './errors';

/**
 * A validator of any library that follows Standard Schema 1: Zod, Valibot, ArkType and others.
 * @see https://standardschema.dev
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1;
    /** The library that made the schema. */
    readonly vendor: string;
    /** Checks a value, and may convert it. */
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    /** For the compiler only: what goes in, and what comes out. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

/** The result of a validation: the value, converted or not, or the issues. */
export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] };

/** One thing that is wrong with a value. */
export interface SchemaIssue {
  readonly message: string;
  /** The keys that lead to the wrong part; absent or empty for the value as a whole. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Limits of a description, because the sender chooses how many issues there are, and how long. */
const MAX_ISSUES = 50;
const MAX_CHARACTERS = 500;

/**
 * Checks a value.
 *
 * @param toError makes the error to throw from the issues
 * @returns the value as the schema returns it
 */
export async function validate(
  schema: StandardSchema,
  value: unknown,
  toError: (issues: readonly SchemaIssue[]) => Error,
): Promise<unknown> {
  const result = await schema['~standard'].validate(value);
  if (result.issues) throw toError(result.issues);
  return result.value;
}

/**
 * One issue per line, `path: message`.
 *
 * @param root the name of the value as a whole, which begins each path; `''` for none
 */
export function describeIssues(issues: readonly SchemaIssue[], root: string): string {
  const lines = issues.slice(0, MAX_ISSUES).map((issue) => {
    const path = describePath(issue.path ?? [], root);
    return cut(path === '' ? oneLine(issue.message) : `${path}: ${oneLine(issue.message)}`);
  });
  if (issues.length > MAX_ISSUES) lines.push(`… and ${issues.length - MAX_ISSUES} more`);
  return lines.join('\n');
}

/**
 * The schema that an option holds, if any.
 *
 * @param option names the option in the error
 * @throws BarefnError `INVALID_SCHEMA`
 */
export function schemaOf(value: unknown, option: string): StandardSchema | undefined {
  if (value === undefined) return undefined;
  const standard = (value as Partial<StandardSchema> | null)?.['~standard'];
  if (standard?.version === 1 && typeof standard.validate === 'function') {
    return value as StandardSchema;
  }
  throw new BarefnError(
    'INVALID_SCHEMA',
    `${option} is not a schema. Pass a validator that follows Standard Schema 1, e.g. of Zod 3.24+, Valibot 1+ or ArkType 2+.`,
  );
}

/** A path as it would be written in JavaScript: `orders[0].price`, `["a b"].c`. */
function describePath(path: NonNullable<SchemaIssue['path']>, root: string): string {
  let text = root;
  for (const segment of path) {
    const key = typeof segment === 'object' ? segment.key : segment;
    if (typeof key === 'number') text += `[${key}]`;
    else if (typeof key === 'symbol') text += `[${String(key)}]`;
    else if (/^[\w$]+$/.test(key)) text += text === '' ? key : `.${key}`;
    else text += `[${JSON.stringify(key)}]`;
    if (text.length > MAX_CHARACTERS) break;
  }
  return text;
}

function oneLine(text: string): string {
  return text.split(/[\r\n]+/).join(' ');
}

function cut(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS)}…` : text;
}
