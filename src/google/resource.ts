import { conversionError, isRecord, quote, typeName } from './background-event';
import { ANALYTICS, DATABASE, FIRESTORE, STORAGE } from './event-types';

/** The resource of a legacy event in the terms of CloudEvents. */
export interface SplitResource {
  /** The authority of the CloudEvents `source`. */
  service: string;
  /** The path of the CloudEvents `source`. */
  name: string;
  /** The CloudEvents `subject`, where the service has one. */
  subject: string | undefined;
}

/**
 * Splits a legacy event's resource, a name or `{service, name}`, into service, source path and
 * subject.
 *
 * @param resource `context.resource` as received
 * @param service the service of the event type, for resources that do not name theirs
 * @throws HttpError 400 `EVENT_CONVERSION_FAILED` if the name is not in the service's format.
 */
export function splitResource(resource: unknown, service: string): SplitResource {
  if (typeof resource === 'string') return splitName(resource, service);
  if (!isRecord(resource)) {
    throw conversionError(
      'The legacy event\'s "resource" must be a resource name or an object with "name" and ' +
        `"service", but it is ${typeName(resource)}.`,
    );
  }
  // A Pub/Sub push to a path without the topic has no resource name.
  const name = resource['name'] ?? '';
  const named = resource['service'] || service;
  if (typeof name !== 'string' || typeof named !== 'string') {
    throw conversionError(
      'The "name" and "service" of the legacy event\'s "resource" must be strings, ' +
        `but they are ${quote(name)} and ${quote(named)}.`,
    );
  }
  return splitName(name, named);
}

function splitName(name: string, service: string): SplitResource {
  const rule = findRule(service);
  if (!rule) return { service, name, subject: undefined };
  const match = rule.pattern.exec(name);
  if (!match) {
    throw conversionError(
      `The resource name ${quote(name)} of a legacy event of ${service} is not of the form ` +
        `${rule.form}.`,
    );
  }
  return { service, name: match[1] as string, subject: match[2] };
}

/** How a service's resource names divide into source and subject. All patterns are linear. */
function findRule(service: string): { form: string; pattern: RegExp } | undefined {
  switch (service) {
    case ANALYTICS:
      return {
        form: 'projects/PROJECT/events/EVENT',
        pattern: /^(projects\/[^/]+)\/(events\/[^/]+)$/,
      };
    case DATABASE:
      return {
        form: 'projects/PROJECT/instances/INSTANCE/refs/PATH',
        pattern: /^projects\/[^/]+\/(instances\/[^/]+)\/(refs\/[^\n\r]+)$/,
      };
    case FIRESTORE:
      return {
        form: 'projects/PROJECT/databases/DATABASE/documents/PATH',
        pattern: /^(projects\/[^/]+\/databases\/[^/]+)\/(documents\/[^\n\r]+)$/,
      };
    case STORAGE:
      return {
        form: 'projects/PROJECT/buckets/BUCKET/objects/OBJECT',
        pattern: /^(projects\/[^/]+\/buckets\/[^/]+)\/(objects\/[^\n\r]+)$/,
      };
  }
}
