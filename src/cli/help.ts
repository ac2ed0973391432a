import { commandFlags, type DescribedFlag } from './flags';

/** The text of `barefn invoke --help` and `barefn events --help`. */
export function commandHelp(command: 'invoke' | 'events'): string {
  return command === 'invoke' ? invokeHelp() : eventsHelp();
}

function invokeHelp(): string {
  return `barefn invoke runs a function once, without a server, as a real request would.

Usage:
  barefn invoke [options] [PATH]

Prints the status, headers and body of the response. For an event it also says what the platform
would do: acknowledge it, deliver it again, or drop it. The exit code is 0 for an HTTP status below
400 or an acknowledged event, and 1 otherwise. Startup and shutdown hooks run.

Examples:
  barefn invoke --target=hello '/?name=Ada'
  barefn invoke --target=orders -X PUT -H 'Authorization: Bearer x' -d '{"id":7}' /orders
  barefn invoke --target=onFile --event=storage --subject=objects/cat.png
  barefn invoke --target=onMessage --event=pubsub --data='Hello' --mode=push
  echo '{"id":7}' | barefn invoke --target=onOrder --type=com.example.order --data=-

Request options:
${describe('invoke', 'request')}
${describe('invoke', 'data')}
      Objects and arrays are sent as application/json, anything else as a form, as curl does;
      typed functions always get application/json. -H 'Content-Type: …' overrides this.

Event options (cloudevent and event functions always get an event; other functions get one
when one of these is given):
${describe('invoke', 'event')}

The options of barefn and their environment variables apply too, such as --target, --source (the
path of the code), --signature-type and --timeout: see barefn --help.`;
}

function eventsHelp(): string {
  return `barefn events prints a sample event as a curl command, or lists the kinds of events.

Usage:
  barefn events
  barefn events KIND [options]

Examples:
  barefn events storage
  barefn events pubsub --mode=push --data='Hello' | sh
  barefn events custom --type=com.example.order --data='{"id":7}' --port=9000

Options:
${describe('events', 'event')}
${describe('events', 'data')}
  --port <port>
      The port of the URL.
      Environment: PORT. Default: 8080.
  --host <address>
      The host of the URL.
      Environment: HOST. Default: localhost.`;
}

function describe(command: string, of: DescribedFlag['of']): string {
  return commandFlags()
    .filter((row) => row.of === of && row.commands.includes(command))
    .map(({ flag, short, value, about }) => {
      const letter = short === undefined ? '' : `${short}, `;
      return `  ${letter}--${flag} ${value}\n      ${about}`;
    })
    .join('\n');
}
