import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import type { Built, Observer } from '../../built/built';
import type { SignatureType } from '../../core/registry';
import { BUNDLE, CACHE } from './entry';

/** What a child process tells `barefn build`. */
export type ChildMessage =
  | { readonly type: SignatureType; readonly port: number }
  | { readonly hasCache: boolean };

/** The command as a build's child process calls it. */
type Main = (built: Built | undefined, observer: Observer) => void;
type Run = (
  require: NodeJS.Require,
  module: NodeJS.Module,
  directory: string,
  state: object,
) => void;

/**
 * Runs in a child process of `barefn build`, from a file beside the bundle: serves the source, or the
 * bundle, of which it writes V8's compiled code when it is told to.
 *
 * @param kind `source` or `bundle`
 * @param load `import()` of that file
 */
export function runChild(
  kind: string,
  require: NodeJS.Require,
  module: NodeJS.Module,
  load: (specifier: string) => Promise<unknown>,
): void {
  const send = (message: ChildMessage): unknown => process.send?.(message);
  const onListen: Observer['onListen'] = ({ type }, port) => send({ type, port });
  // The first two words are this file and the kind; the command reads what is behind them.
  process.argv.splice(2, 1);
  process.once('message', () => {
    if (kind === 'bundle') send({ hasCache: writeCache(script) });
    process.disconnect();
    process.kill(process.pid, 'SIGTERM');
  });
  process.channel?.unref();
  let script: vm.Script | undefined;
  if (kind === 'source') {
    const { main } = require(path.join(__dirname, 'cli.js')) as { main: Main };
    main(undefined, { onListen });
    return;
  }
  const directory = path.dirname(module.filename);
  const filename = path.join(directory, BUNDLE);
  script = new vm.Script(readFileSync(filename, 'utf8'), { filename });
  (script.runInThisContext() as Run)(require, module, directory, {
    cache: 'none',
    load,
    onListen,
  });

  function writeCache(from: vm.Script | undefined): boolean {
    if (from === undefined) return false;
    writeFileSync(path.join(path.dirname(module.filename), CACHE), from.createCachedData());
    return true;
  }
}
