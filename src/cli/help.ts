import { commandFlags, type DescribedFlag } from './flags';

/** The text of `--help` behind a command. */
export function commandHelp(command: 'invoke' | 'events' | 'build'): string {
  switch (command) {
    case 'invoke':
      return invokeHelp();
    case 'events':
      return eventsHelp();
    case 'build':
      return buildHelp();
  }
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

function buildHelp(): string {
  return `barefn build makes a function start faster: one file of the function, its packages and barefn, and
V8's compiled code of what ran when it was called.

Usage:
  npm install --save-dev esbuild
  barefn build [options] [SOURCE]
  node .barefn/start.js [options]   serves the build; so does barefn, where it finds .barefn

How it builds:
  1. esbuild puts all modules into .barefn/bundle.js. What cannot be a part of one file stays outside
     and is named with the reason: native addons, packages that load their own files by computed names,
     what --external names. What packages read beside themselves is copied.
  2. The function is called, three times each request: from its source, from the one file, and from its
     source again. Where the source answers the same twice and the one file differs, the build fails and
     shows both. Hooks run. What must not be called is built with --no-warm.
  3. The compiled code of what ran is written beside the file. It is for this version of Node and these
     V8 flags (NODE_OPTIONS too), so build in the image that serves.

What is checked at the start: the checksums of the file and of the compiled code, and the version of Node.
Compiled code that does not fit is left aside, and --startup-report says why. barefn also compares the
source, package.json and lock files with the build, and serves the source where they differ; it says so.
barefn --verify compares all modules. The checksums find accidents; they do not keep out somebody who
can write to .barefn.

Examples:
  barefn build --target=hello
  barefn build --target=hello --warm='/?name=Ada' --warm='-d @order.json /orders'
  barefn build --target=onFile --signature-type=cloudevent --warm='--event=storage'
  barefn build --target=hello --external=pg --external=express   for OpenTelemetry and Sentry, which hook
                                    into the packages that node loads
  barefn build --target=hello --measure

Options:
${describe('build', 'build')}

The options of barefn and their environment variables apply too, such as --target, --source and
--signature-type: see barefn --help.`;
}

function describe(command: string, of: DescribedFlag['of']): string {
  return commandFlags()
    .filter((row) => row.of === of && row.commands.includes(command))
    .map(({ flag, short, value, about }) => {
      const letter = short === undefined ? '' : `${short}, `;
      return `${`  ${letter}--${flag} ${value}`.trimEnd()}\n      ${about}`;
    })
    .join('\n');
}
