import { defineToJSON } from '../../cloudevents/decoded-event';
import type { CloudEvent } from '../../cloudevents/event';
import { HttpError } from '../../core/errors';
import {
  describeIssues,
  type SchemaIssue,
  type StandardSchema,
  validate,
} from '../../core/standard-schema';

/**
 * Checks the data of decoded events, and replaces it by what the schema returns.
 *
 * @throws HttpError 400 that names each wrong part
 */
export async function validateData(
  schema: StandardSchema,
  events: readonly CloudEvent[],
): Promise<void> {
  for (const event of events) {
    const data = await validate(schema, event.data, (issues) => invalidData(event, issues));
    if (data === event.data) continue;
    event.data = data;
    defineToJSON(event);
  }
}

function invalidData({ id, type }: CloudEvent, issues: readonly SchemaIssue[]): HttpError {
  const name = `${type.slice(0, 80)} ${id.slice(0, 80)}`;
  return new HttpError(
    400,
    'INVALID_DATA',
    `The data of event ${name} is not valid for this function.\n${describeIssues(issues, 'data')}`,
  );
}
