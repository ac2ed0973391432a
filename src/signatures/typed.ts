import { BarefnError, HttpError } from '../core/errors';
import { type JsonParser, jsonParser } from '../core/json';
import { LENIENT, parseMediaType } from '../core/media-type';
import type { Registration } from '../core/registry';
import { describeIssues, type SchemaIssue, schemaOf, validate } from '../core/standard-schema';
import { describeJsonError } from '../http/body/json-error';
import { decodeUtf } from '../http/body/text';
import { respondWithFailure, respondWithStatus } from '../http/errors/respond';
import type { HttpRequest } from '../http/request/request';
import type { HttpResponse } from '../http/response/response';
import { warnIfLate } from '../http/response/send';
import type { Request } from '../types/express';
import type { TypedFunction } from '../types/handlers';
import type { PreparedFunction, SignatureOptions } from './signature';
import { isResponse, sendWebResponse } from './web/response';

/** Typed functions: JSON in, JSON out, both checked where there are schemas. */
export function prepareTypedFunction(
  { name, handler, options }: Registration,
  settings: SignatureOptions,
): PreparedFunction {
  const call = handler as TypedFunction;
  const schemas = (options ?? {}) as { input?: unknown; output?: unknown };
  const inputSchema = schemaOf(schemas.input, `The option "input" of ${name}`);
  const outputSchema = schemaOf(schemas.output, `The option "output" of ${name}`);
  const parse = jsonParser(settings.exactIntegers);
  return { handle, methods: ['POST'], hasPages: false };

  async function handle(req: HttpRequest, res: HttpResponse): Promise<void> {
    try {
      const json = readJson(req, inputSchema !== undefined, parse);
      const input =
        inputSchema === undefined ? json : await validate(inputSchema, json, invalidInput);
      const result = await call(input, req as unknown as Request);
      if (isResponse(result)) {
        await sendWebResponse(res, result);
        return;
      }
      const output =
        outputSchema === undefined ? result : await validate(outputSchema, result, invalidOutput);
      sendOutput(res, output);
    } catch (error) {
      respondWithFailure(res, error, 'crash');
    }
  }
}

/**
 * The JSON of a request, any JSON value.
 *
 * @param optional whether a request without a body gives undefined, for the schema to check
 */
function readJson(req: HttpRequest, optional: boolean, parse: JsonParser): unknown {
  const { rawBody } = req;
  if (rawBody === undefined || rawBody.length === 0) {
    if (optional) return undefined;
    throw new HttpError(400, 'INVALID_JSON', 'The request has no body. Send JSON.');
  }
  const text = decodeJsonText(rawBody, req.headers['content-type']);
  try {
    return parse(text);
  } catch (cause) {
    throw new HttpError(400, 'INVALID_JSON', describeJsonError(text, cause), { cause });
  }
}

/**
 * Content-Type is required, although every body is read as JSON: a page of another origin can make a
 * browser send JSON without a preflight, but not with its media type.
 */
function decodeJsonText(rawBody: Buffer, contentType: string | undefined): string {
  const mediaType = parseMediaType(contentType ?? '', LENIENT);
  const type = mediaType?.type;
  if (type !== 'application/json' && !type?.endsWith('+json')) {
    throw new HttpError(
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      `The request body is ${type ?? 'of no known media type'}. Send JSON, with Content-Type: application/json.`,
    );
  }
  const charset = mediaType?.charset || 'utf-8';
  const text = decodeUtf(rawBody, charset);
  if (text !== undefined) return text;
  const name = charset.slice(0, 40).toUpperCase();
  throw new HttpError(
    415,
    'UNSUPPORTED_CHARSET',
    `unsupported charset "${name}". Send JSON as UTF-8.`,
  );
}

function sendOutput(res: HttpResponse, output: unknown): void {
  // The function may have answered through `req.res`, or timed out.
  if (res.headersSent) warnIfLate(res);
  else if (output === undefined) respondWithStatus(res, 204);
  else res.json(output);
}

function invalidInput(issues: readonly SchemaIssue[]): HttpError {
  const lines = describeIssues(issues, '');
  return new HttpError(400, 'INVALID_INPUT', `The request body is not valid.\n${lines}`);
}

function invalidOutput(issues: readonly SchemaIssue[]): BarefnError {
  const lines = describeIssues(issues, 'output');
  return new BarefnError('INVALID_OUTPUT', `The function returned an invalid output.\n${lines}`);
}
