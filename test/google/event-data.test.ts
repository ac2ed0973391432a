import assert from 'node:assert/strict';
import path from 'node:path';
import { suite, test } from 'node:test';
import ts from '@typescript/typescript6';
import { sampleEvent, sampleKinds } from '../../src/google/samples/sample';
import { root } from '../support/packed';

/** The files of @google/events, by the type whose data they describe. */
const published = {
  'google.cloud.audit.log.v1.written': 'cloud/audit/v1/LogEntryData',
  'google.cloud.cloudbuild.build.v1.statusChanged': 'cloud/cloudbuild/v1/BuildEventData',
  'google.cloud.firestore.document.v1.written': 'cloud/firestore/v1/DocumentEventData',
  'google.cloud.pubsub.topic.v1.messagePublished': 'cloud/pubsub/v1/MessagePublishedData',
  'google.cloud.scheduler.job.v1.executed': 'cloud/scheduler/v1/SchedulerJobData',
  'google.cloud.storage.object.v1.finalized': 'cloud/storage/v1/StorageObjectData',
  'google.firebase.analytics.log.v1.written': 'firebase/analytics/v1/AnalyticsLogData',
  'google.firebase.auth.user.v1.created': 'firebase/auth/v1/AuthEventData',
  'google.firebase.database.ref.v1.written': 'firebase/database/v1/ReferenceEventData',
  'google.firebase.firebasealerts.alerts.v1.published': 'firebase/firebasealerts/v1/AlertData',
  'google.firebase.remoteconfig.remoteConfig.v1.updated':
    'firebase/remoteconfig/v1/RemoteConfigEventData',
  'google.firebase.testlab.testMatrix.v1.completed': 'firebase/testlab/v1/TestMatrixEventData',
};

/** What the published types say otherwise: of Any its binary form, and of newer members nothing. */
const differing = {
  theirs: ['protoPayload.status.details.typeUrl', 'protoPayload.status.details.value'],
  ours: ['deliveryAttempt', 'protoPayload.status.details.@type', /^payload\./],
};

const lines = Object.entries(published).map(([type, file], index) => {
  const name = path.posix.basename(file);
  return `import type { ${name} as Data${index} } from '@google/events/${file}';
    export declare const theirs${index}: Data${index};
    export declare const ours${index}: GoogleEventData['${type}'];`;
});
/** The data of every sample, which compiles only if the types know all of its members. */
const sampled = sampleKinds.flatMap((kind, index) => {
  const { type, data } = sampleEvent(kind, {}, 'json');
  const text = JSON.stringify(data).replace(/"@type":"[^"]*PubsubMessage",/, '');
  return kind === 'custom'
    ? []
    : [`export const sample${index}: GoogleEventData['${type}'] = ${text};`];
});

const file = path.join(root, 'test/google/compared.ts');
const program = open(
  `import type { GoogleEventData, GoogleEventType } from '../../src/google';
  export declare const everyType: { [Type in GoogleEventType]: GoogleEventData[Type] };
  ${[...lines, ...sampled].join('\n')}`,
);

for (const [index, [type, from]] of Object.entries(published).entries()) {
  test(`the data of ${type} has the members of ${path.posix.basename(from)}`, () => {
    const theirs = program.shapeOf(`theirs${index}`);
    const ours = program.shapeOf(`ours${index}`);
    const lacking = [...theirs].filter((member) => !ours.has(member));
    const more = [...ours].filter((member) => !theirs.has(member));
    assert.deepEqual(lacking.filter(isNew(differing.theirs)), [], 'what ours lack');
    assert.deepEqual(more.filter(isNew(differing.ours)), [], 'what theirs lack');
  });
}

function isNew(known: readonly (string | RegExp)[]): (member: string) => boolean {
  return (member) =>
    !known.some((one) => (typeof one === 'string' ? one === member : one.test(member)));
}

suite('what every type of data is made of', () => {
  const kinds = program.kindsOf('everyType');

  test('372 types of 47 services are known', () => {
    assert.equal(kinds.types, 372);
  });

  test('no member is any, a Date or a BigInt, which JSON does not have', () => {
    assert.deepEqual(
      [...kinds.scalars].filter((name) => /^(?:any|Date|bigint)$/.test(name)),
      [],
    );
  });

  test('every member is optional', () => {
    assert.deepEqual([...kinds.required], ['@type']);
  });
});

interface Opened {
  /** The dotted names of the members, at any depth; recursive types end where they begin again. */
  shapeOf(name: string): Set<string>;
  kindsOf(name: string): { types: number; scalars: Set<string>; required: Set<string> };
}

function open(text: string): Opened {
  const options: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.Preserve,
    types: ['node'],
    noEmit: true,
    skipLibCheck: true,
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, target) =>
    name === file ? ts.createSourceFile(name, text, target) : getSourceFile(name, target);
  const compiled = ts.createProgram([file], options, host);
  const checker = compiled.getTypeChecker();
  const source = compiled.getSourceFile(file) as ts.SourceFile;
  assert.deepEqual(
    compiled
      .getSemanticDiagnostics(source)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
    [],
  );
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source) as ts.Symbol);
  const typeOf = (name: string): ts.Type =>
    checker.getTypeOfSymbol(exported.find((symbol) => symbol.name === name) as ts.Symbol);

  function* members(type: ts.Type): Generator<[string, ts.Symbol, ts.Type]> {
    const list = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    if (list !== undefined && checker.isArrayType(type)) return yield* members(list);
    for (const each of type.isUnion() ? type.types : [type]) {
      if (!(each.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))) continue;
      if (checker.isArrayType(each)) yield* members(each);
      else if (checker.typeToString(each) !== 'Date') {
        for (const symbol of checker.getPropertiesOfType(each)) {
          yield [symbol.name, symbol, checker.getTypeOfSymbol(symbol)];
        }
        const values = checker.getIndexTypeOfType(each, ts.IndexKind.String);
        if (values !== undefined) yield* members(values);
      }
    }
  }

  return {
    shapeOf(name) {
      const shape = new Set<string>();
      const visit = (type: ts.Type, above: string, names: readonly string[]): void => {
        for (const [member, , inner] of members(type)) {
          if (names.includes(member)) continue;
          shape.add(above + member);
          visit(checker.getNonNullableType(inner), `${above}${member}.`, [...names, member]);
        }
      };
      visit(typeOf(name), '', []);
      return shape;
    },
    kindsOf(name) {
      const [scalars, required, seen] = [new Set<string>(), new Set<string>(), new Set<ts.Type>()];
      const visit = (type: ts.Type): void => {
        if (seen.has(type)) return;
        seen.add(type);
        for (const [member, symbol, inner] of members(type)) {
          if (!(symbol.flags & ts.SymbolFlags.Optional)) required.add(member);
          scalars.add(checker.typeToString(checker.getNonNullableType(inner)));
          visit(checker.getNonNullableType(inner));
        }
      };
      const types = checker.getPropertiesOfType(typeOf(name));
      for (const symbol of types) visit(checker.getTypeOfSymbol(symbol));
      return { types: types.length, scalars, required };
    },
  };
}
