import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type CloudEvent, cloudEvent } from '../../src';
import { decodeFirestoreEvent, type FirestoreTimestamp, firestoreJson } from '../../src/google';
import { jsonFieldsOf } from '../../src/google/samples/firestore-encode';
import { sampleEvent, sampleKinds } from '../../src/google/samples/sample';
import { invoke, sample } from '../../src/testing';
import { invoke as command } from '../support/command';
import { key } from './firestore/oracle';

const WRITTEN = 'google.cloud.firestore.document.v1.written';

test('each kind has the attributes that Eventarc adds', () => {
  const names = (kind: string): string[] => {
    const known = [
      'specversion',
      'id',
      'source',
      'type',
      'time',
      'data',
      'datacontenttype',
      'subject',
    ];
    return Object.keys(sample(kind))
      .filter((name) => !known.includes(name))
      .sort();
  };
  const document = ['database', 'document', 'location', 'namespace', 'project'];
  assert.deepEqual(Object.fromEntries(sampleKinds.map((kind) => [kind, names(kind).join()])), {
    pubsub: '',
    storage: 'bucket',
    firestore: document.join(),
    'firestore-auth': ['authid', 'authtype', ...document].join(),
    datastore: 'database,entity,location,namespace,project',
    auth: '',
    database: 'firebasedatabasehost,instance,location,ref',
    dataconnect: 'authid,authtype,connector,location,operation,project,service',
    remoteconfig: '',
    testlab: '',
    alerts: 'alerttype,appid',
    analytics: '',
    audit: 'methodname,resourcename,servicename',
    build: '',
    scheduler: '',
    workflows: 'workflow',
    batch: 'job',
    dataflow: 'job,location',
    custom: '',
  });
});

test('a type is a kind, with data of its own', () => {
  const storage = 'google.cloud.storage.object.v1';
  const dataOf = (kind: string) => sample(kind).data as Record<string, unknown>;
  assert.equal(sample(`${storage}.deleted`).type, `${storage}.deleted`);
  assert.ok(dataOf(`${storage}.deleted`)['timeDeleted']);
  assert.ok(dataOf(`${storage}.archived`)['timeDeleted']);
  assert.equal(dataOf(`${storage}.metadataUpdated`)['metageneration'], '2');
  const database = dataOf('google.firebase.database.ref.v1.created');
  assert.deepEqual(database, { data: null, delta: { visits: 2 } });
});

suite('a sample of Firestore', () => {
  test('is protobuf, with the states that its type has', () => {
    const statesOf = (type: string) => {
      const event = sample(`google.cloud.firestore.document.v1.${type}`);
      assert.equal(event.datacontenttype, 'application/protobuf');
      const { before, after, updateMask, path } = decodeFirestoreEvent(event);
      assert.equal(path, 'users/alice');
      return [before?.['visits'], after?.['visits'], updateMask];
    };
    assert.deepEqual(statesOf('written'), [1, 2, ['visits']]);
    assert.deepEqual(statesOf('updated.withAuthContext'), [1, 2, ['visits']]);
    assert.deepEqual(statesOf('created'), [undefined, 2, undefined]);
    assert.deepEqual(statesOf('deleted'), [1, undefined, undefined]);
  });

  test('takes plain data: of the document, or before and after, or as it is on the wire', () => {
    const changeOf = (data: unknown, type = WRITTEN) => {
      const { before, after, updateMask } = decodeFirestoreEvent(
        sample('firestore', { data, type }),
      );
      return [before, after, updateMask];
    };
    assert.deepEqual(changeOf({ a: 1 }), [undefined, { a: 1 }, undefined]);
    assert.deepEqual(changeOf({ a: 1 }, WRITTEN.replace('written', 'deleted')), [
      { a: 1 },
      undefined,
      undefined,
    ]);
    assert.deepEqual(changeOf({ before: { a: 1, 'b c': 1 }, after: { a: 1 } }), [
      { a: 1, 'b c': 1 },
      { a: 1 },
      ['`b c`'],
    ]);
    const wire = {
      value: { name: 'projects/p/databases/d/documents/a/b', fields: { c: { integerValue: '7' } } },
    };
    assert.deepEqual(changeOf(wire), [undefined, { c: 7 }, undefined]);
    assert.deepEqual(firestoreJson(sampleEvent('firestore', { data: wire }, 'json')), wire);
  });

  test('keeps every plain value', () => {
    const time = Object.assign(new Date(5007), { nanoseconds: 7_000_042 });
    const data = {
      after: {
        ...{
          text: 'ü',
          integer: -5,
          large: 2n ** 60n,
          double: 0.5,
          zero: -0,
          none: null,
          yes: true,
        },
        ...{
          bytes: Buffer.from([0, 255]),
          place: { latitude: 1, longitude: -1 },
          list: [[], { a: 1 }],
        },
        time,
        nan: Number.NaN,
      },
    };
    const { after } = decodeFirestoreEvent(sample('firestore', { data }));
    const { time: decoded, ...rest } = after ?? {};
    const { time: _, ...given } = data.after;
    assert.deepEqual(rest, given);
    assert.equal((decoded as FirestoreTimestamp).getTime(), 5007);
    assert.equal((decoded as FirestoreTimestamp).nanoseconds, 7_000_042);
    assert.throws(() => jsonFieldsOf({ call: () => 1 }), /A function is no value of Firestore/);
  });

  test('gives back any JSON that was put in', () => {
    const values = fc.dictionary(key, fc.jsonValue(), { noNullPrototype: true });
    fc.assert(
      fc.property(values, (fields) => {
        const data = JSON.parse(JSON.stringify({ after: fields }));
        const { after } = decodeFirestoreEvent(sample('firestore', { data }));
        assert.deepEqual(JSON.parse(JSON.stringify(after)), data.after);
      }),
    );
  });
});

suite('invoke sends an event', () => {
  test('that a sample is, to a function that names its type', async () => {
    let seen: unknown;
    cloudEvent('onUser', { type: WRITTEN, document: 'users/{uid}' }, ({ data, params }) => {
      seen = [params.uid, data.after];
    });
    const event = sample('firestore', { document: 'users/ada', data: { name: 'Ada' } });
    const { status } = await invoke('onUser', { event });
    assert.equal(status, 204);
    assert.deepEqual(seen, ['ada', { name: 'Ada' }]);
  });

  test('or several, as a batch', async () => {
    const ids: string[] = [];
    cloudEvent('onEach', (event) => void ids.push(event.id));
    const event = ['1', '2'].map((id) => sample('firestore', { id }));
    assert.equal((await invoke('onEach', { event })).status, 204);
    assert.deepEqual(ids, ['1', '2']);
  });

  test('with fields of the request beside', async () => {
    let seen: CloudEvent | undefined;
    cloudEvent('onOne', (event) => {
      seen = event;
    });
    await invoke('onOne', { event: sample('custom'), headers: { traceparent: '00-x' } });
    assert.equal(seen?.['traceparent'], '00-x');
  });
});

suite('barefn invoke', () => {
  test('sends a batch of events with ids of their own', () => {
    const { code, stderr } = command('onEvent', '--event=firestore', '--batch=3', '--id=x');
    assert.equal(code, 0, stderr);
    assert.match(command('onEvent', '--batch=0').stderr, /--batch must be a number of events/);
    assert.match(
      command('onEvent', '--batch=2', '--mode=legacy').stderr,
      /--batch has a mode of its own/,
    );
  });

  test('makes protobuf of the plain JSON of --data', () => {
    const words = ['--event=firestore', '--subject=documents/users/ada', '--data={"name":"Ada"}'];
    const event = command('onEvent', ...words).event();
    assert.equal(event.datacontenttype, 'application/protobuf');
    assert.equal(event.document, 'users/ada');
    const { after } = decodeFirestoreEvent({ data_base64: event.data_base64 });
    assert.deepEqual(after, { name: 'Ada' });
  });
});
