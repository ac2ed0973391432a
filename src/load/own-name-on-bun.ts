/** Bun's replacement of Node's loader: https://bun.com/docs/runtime/plugins */
declare const Bun: {
  plugin(plugin: { name: string; setup(build: Build): void }): void;
};

interface Build {
  module(name: string, answer: () => { loader: 'object'; exports: object }): void;
}

/** Makes `require()` and `import` of these names return this program. */
export function aliasOnBun(names: readonly string[], api: object): void {
  const exports = { ...api, default: api };
  Bun.plugin({
    name: 'barefn',
    setup(build) {
      for (const name of names) build.module(name, () => ({ loader: 'object', exports }));
    },
  });
}
