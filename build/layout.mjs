// Which file of dist/ a module of src/ is in.

/** The file of each folder, for modules that cli.ts does not import: the longest path counts. */
const FOLDERS = {
  http: 'http',
  'http/body/decode': 'body',
  'http/body/read': 'body',
  'http/errors/failure': 'failures',
  'process/uncaught': 'failures',
  'server/refusals': 'failures',
  'http/media-types': 'media-types',
  'http/express4': 'express4',
  'http/express4/members': 'express4-members',
  'load/express4': 'express4',
  cloudevents: 'codec',
  google: 'events',
  'google/firestore': 'firestore',
  'google/samples': 'tools',
  'google/handled-data': 'typed-events',
  'google/pubsub-data': 'typed-events',
  'signatures/event/typed-events': 'typed-events',
  signatures: 'events',
  'signatures/web': 'web',
  'signatures/late-modules': 'extras',
  'signatures/express4': 'express4',
  // The codec alone needs it too, with an option that few set.
  'core/exact-json': 'exact-json',
  'signatures/typed': 'typed',
  'core/standard-schema': 'codec',
  'core/header-syntax': 'http',
  'core/media-type': 'http',
  options: 'options',
  'options/check': 'embed',
  'options/help': 'extras',
  'options/texts': 'extras',
  'cli/command-line': 'options',
  'server/http2': 'http2',
  'process/workers': 'workers',
  cli: 'tools',
  'cli/build': 'build',
  built: 'built',
  dev: 'tools',
  'dev/unanswered': 'extras',
  'dev/unfinished': 'unfinished',
  'dev/call-site': 'unfinished',
  'dev/work': 'unfinished',
  'dev/page': 'page',
  // What starts in development load, those without a target, and some of ES modules.
  'dev/offer-page': 'starts',
  'dev/warnings': 'starts',
  'load/es-module': 'starts',
  'load/functions': 'starts',
  '': 'extras',
};
/** Entry points that have their names from another file. */
export const ENTRY_POINTS = {
  server: 'embed',
  testing: 'embed',
  cloudevents: 'codec',
  google: 'firestore',
};

/** The files of modules, without the entry points. */
export const FILES = new Set(['cli', ...Object.values(FOLDERS)]);

/** The file of a module that cli.ts does not import. */
export function fileOfFolder(name) {
  const folders = Object.keys(FOLDERS).filter((path) => `${name}/`.startsWith(path && `${path}/`));
  return FOLDERS[folders.sort((a, b) => b.length - a.length)[0]];
}

/** What index.js, the codec and firestore.js import they hold themselves: programs load them alone, too. */
export function isPartOf(current, module, file) {
  const isShared = file === 'cli' || (module.startsWith('core/') && file !== 'exact-json');
  if (isShared && (current === 'codec' || current === 'firestore')) return true;
  return file === current || current === 'index';
}
