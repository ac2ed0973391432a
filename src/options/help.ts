import { describedOptions } from './texts';

/** The text of `--help`: usage, examples and every option with its variable and default. */
export function helpText(): string {
  return `barefn serves a function over HTTP.

Usage:
  barefn [options] [SOURCE]         serves the function
  barefn invoke [options] [PATH]    runs the function once, without a server
  barefn events [KIND] [options]    prints a sample event as a curl command
  barefn build [options] [SOURCE]   puts all into one file that starts faster

For the options of these commands, see barefn invoke --help, and so on.

The function is in the module at SOURCE: a CommonJS or ES module, or a directory with "main" in
package.json, index.js or function.js. The module registers the function or exports it:

  const { http } = require('barefn');
  http('hello', (req, res) => res.send('Hello, World!'));

Examples:
  barefn --target=hello
  barefn --target='*' --watch       for development: all functions, and a page to call them
  barefn --target=onEvent --signature-type=cloudevent --port=9000
  barefn dist/index.js --target=handlers.hello
  curl localhost:8080
  barefn invoke --target=hello '/?name=Ada'
  barefn invoke --target=onEvent --event=storage
  barefn events pubsub | sh

Options (a flag overrides its environment variable; --name value and --name=value are the same):
${describedOptions().map(describeOption).join('\n')}`;
}

function describeOption({ row, text, shown }: ReturnType<typeof describedOptions>[number]): string {
  const short = row.short === undefined ? '' : `-${row.short}, `;
  const value = text.value === undefined ? '' : ` ${text.value}`;
  const lines = [`  ${short}--${row.flag}${value}`, `      ${text.about}`];
  const environment = row.env === undefined ? '' : `Environment: ${row.env}. `;
  if (shown !== '') lines.push(`      ${environment}Default: ${shown}.`);
  return lines.join('\n').replaceAll('`', '');
}
