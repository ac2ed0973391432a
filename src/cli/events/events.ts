import { BarefnError } from '../../core/errors';
import { sampleEvent, sampleKinds } from '../../google/samples/sample';
import type { CommandLine } from '../../options/arguments';
import { localUrl } from '../../options/local-url';
import type { Options } from '../../options/options';
import { batchOf, lastOf, overridesOf } from '../flag-values';
import type { Output } from '../output';
import { readData } from './data';
import { type EventMessage, eventMessage } from './message';

/**
 * `barefn events [KIND]`: lists the kinds of sample events, or prints one as a curl command.
 *
 * @throws BarefnError as {@link eventMessage} does
 */
export async function listEvents(
  { words, flags }: CommandLine,
  options: Options,
  output: Output,
): Promise<void> {
  const [, kind, ...rest] = words;
  if (rest.length > 0) {
    throw new BarefnError('INVALID_OPTION', `barefn events takes one KIND, not also "${rest[0]}".`);
  }
  if (kind === undefined) {
    await output.result(kindList());
    return;
  }
  const data = lastOf(flags, 'data');
  const bytes = data === undefined ? undefined : await readData(data);
  const mode = lastOf(flags, 'mode') ?? 'binary';
  const message = eventMessage(kind, mode, overridesOf(flags), bytes, batchOf(flags));
  const url = localUrl(options.host, options.port) + message.path.slice(1);
  await output.result(curlCommand(url, message));
}

function kindList(): string {
  const width = Math.max(...sampleKinds.map((kind) => kind.length)) + 2;
  return sampleKinds.map((kind) => `${kind.padEnd(width)}${sampleEvent(kind).type}\n`).join('');
}

function curlCommand(url: string, { headers, body }: EventMessage): string {
  const flags = Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`);
  const post = `curl -X POST ${quoteUnlessPlain(url)}`;
  // A shell's arguments cannot hold bytes of 0.
  const lines = Buffer.isBuffer(body)
    ? [`printf %s ${body.toString('base64')} | base64 -d | ${post}`, ...flags, '--data-binary @-']
    : [post, ...flags, `-d ${quote(body)}`];
  return `${lines.join(' \\\n  ')}\n`;
}

function quoteUnlessPlain(text: string): string {
  return /^[\w:/.-]+$/.test(text) ? text : quote(text);
}

// POSIX shells, "Quoting": between single quotes every character but the quote stands for itself.
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
