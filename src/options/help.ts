import { type OptionRow, optionTable } from './table';
import { type OptionText, optionTexts } from './texts';

/** The text of `--help`: usage, examples and every option with its variable and default. */
export function helpText(): string {
  const rows = Object.entries<OptionRow>(optionTable());
  return `barefn serves a function over HTTP.

Usage:
  barefn [options] [SOURCE]         serves
  barefn invoke [options] [PATH]    runs the function once, without a server
  barefn events [KIND] [options]    prints a sample event as a curl command

barefn invoke --help and barefn events --help tell more of these two.

The function is looked up in the module at --source: index.js, function.js or the "main" of
package.json, CommonJS or ES module. It registers itself or is exported:

  const { http } = require('barefn');
  http('hello', (req, res) => res.send('Hello, World!'));

Examples:
  barefn --target=hello
  barefn --target='*' --watch       for development: all functions, and a page that calls them
  barefn --target=onEvent --signature-type=cloudevent --port=9000
  barefn dist/index.js --target=handlers.hello
  curl localhost:8080
  barefn invoke --target=hello '/?name=Ada'
  barefn invoke --target=onEvent --event=storage
  barefn events pubsub | sh

Options (a flag beats its environment variable; --name value and --name=value are the same):
${rows.map(([key, row]) => describeOption(row, optionTexts[key as keyof typeof optionTexts])).join('\n')}`;
}

function describeOption(row: OptionRow, text: OptionText): string {
  const short = row.short === undefined ? '' : `-${row.short}, `;
  const value = text.value === undefined ? '' : ` ${text.value}`;
  const lines = [`  ${short}--${row.flag}${value}`, `      ${text.about}`];
  if (row.env !== undefined) {
    lines.push(`      Environment: ${row.env}. Default: ${text.shown ?? String(row.initial)}.`);
  }
  return lines.join('\n');
}
