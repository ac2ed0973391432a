import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import ts from '@typescript/typescript6';
import { pack, root, unpack } from '../support/packed';

const directory = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'editor-')));
const tarball = pack(directory);
after(() => rmSync(directory, { recursive: true, force: true }));

/** What is typed in an editor; comments within lines mark places. */
const text = `
import { cloudEvent, http, typed, type StandardSchema } from 'barefn';
interface Order { id: string; lines: number[] }
interface Paging { page: string }
declare const order: StandardSchema<Order>;
/*http*/http<Order, Paging>('a', (req, res) => {
  res.json([req.body./*body*/id, req.query./*query*/page, req./*get*/get('accept')]);
});
cloudEvent<Order>('b', (event) => event.data?./*data*/id);
/*cloudEvent*/cloudEvent('c', { /*validator*/data: order }, (event) => event.data./*checked*/id);
typed<Order, Paging>('d', ({ id }) => ({ /*output*/page: id }));
cloudEvent('f', { type: /*type*/'google.cloud.firestore.document.v1.written', /*document*/document: 'a/{b}' }, ({ data, params }) => {
  return [data./*change*/after, params./*params*/b];
});
cloudEvent('g', { type: 'google.cloud.pubsub.topic.v1.messagePublished' }, (event) => event.data.message./*message*/json);
cloudEvent('h', { type: ['com.example.own', 'google.cloud.storage.object.v1.finalized'] }, (event) => {
  return event.type === 'google.cloud.storage.object.v1.finalized' ? event.data./*object*/size : event.id;
});
cloudEvent('i', { /*fresh*/ }, (event) => event.id);
cloudEvent('j', { type: /*begun*/'' }, (event) => event.id);
/*typed*/typed('e', { input: order, /*validators*/output: order }, (input, req) => {
  return { id: input./*input*/id, lines: [Number(req./*traceId*/traceId)] };
});
`;

for (const types of [[], ['@types/express']]) {
  test(`an editor completes what is known, with ${types[0] ?? 'our types alone'}`, () => {
    const editor = open(['@types/node', ...types]);
    assert.deepEqual(editor.errors(), []);
    assert.deepEqual(editor.completions('body'), ['id', 'lines']);
    assert.deepEqual(editor.completions('query'), ['page']);
    assert.deepEqual(editor.completions('data'), ['id', 'lines']);
    assert.deepEqual(editor.completions('checked'), ['id', 'lines']);
    for (const place of ['validator', 'fresh']) {
      assert.deepEqual(editor.completions(place).sort(), ['data', 'document', 'type'], place);
    }
    assert.ok(editor.completions('begun', 1).includes('google.firebase.auth.user.v2.created'));
    assert.ok(editor.completions('type', 1).includes('google.firebase.auth.user.v2.created'));
    assert.deepEqual(editor.completions('params'), ['b']);
    const change = ['after', 'before', 'createTime', 'params', 'path', 'updateMask', 'updateTime'];
    assert.deepEqual(editor.completions('change').sort(), change);
    assert.ok(editor.completions('message').includes('text'));
    assert.ok(editor.completions('object').includes('contentType'));
    assert.deepEqual(editor.completions('input'), ['id', 'lines']);
    assert.deepEqual(editor.completions('output'), ['page']);
    assert.deepEqual(editor.completions('validators'), ['output']);
    const documented = [
      'http',
      'cloudEvent',
      'typed',
      'document',
      'change',
      'message',
      'validator',
      'validators',
      'get',
      'traceId',
    ];
    for (const place of documented) assert.match(editor.documentation(place), /\w/, place);
  });
}

interface Editor {
  errors(): string[];
  /** What could stand at a place, or some characters behind it. */
  completions(place: string, behind?: number): string[];
  /** What is shown of the name at a place. */
  documentation(place: string): string;
}

/** An editor of a program that has our package and `packages` installed. */
function open(packages: readonly string[]): Editor {
  const program = mkdtempSync(path.join(directory, 'program-'));
  for (const name of packages) {
    const link = path.join(program, 'node_modules', name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(root, 'node_modules', name), link);
  }
  unpack(tarball, program, 'barefn');
  const file = path.join(program, 'program.ts');
  const service = ts.createLanguageService(hostOf(program, file));
  const at = (place: string): number => text.indexOf(`/*${place}*/`) + place.length + 4;
  return {
    errors: () =>
      service
        .getSemanticDiagnostics(file)
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    completions: (place, behind = 0) => {
      const found = service.getCompletionsAtPosition(file, at(place) + behind, undefined);
      return (found?.entries ?? []).map(({ name }) => name);
    },
    documentation: (place) =>
      ts.displayPartsToString(service.getQuickInfoAtPosition(file, at(place))?.documentation),
  };
}

function hostOf(program: string, file: string): ts.LanguageServiceHost {
  const read = (name: string): string | undefined => (name === file ? text : ts.sys.readFile(name));
  return {
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: read,
    realpath: (name) => ts.sys.realpath?.(name) ?? name,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    getCurrentDirectory: () => program,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [file],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) => {
      const content = read(name);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCompilationSettings: () => ({
      strict: true,
      module: ts.ModuleKind.Node16,
      lib: ['lib.es2023.d.ts'],
      types: ['node'],
    }),
  };
}
