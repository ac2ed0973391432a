// Functions that name the type of their events.
import { cloudEvent, type StandardSchema } from 'barefn';

declare const order: StandardSchema<{ id: string }>;
cloudEvent(
  'onUser',
  { type: 'google.cloud.firestore.document.v1.written', document: 'users/{uid}' },
  ({ data, params, type, document }) => {
    const uid: string = params.uid;
    const t: 'google.cloud.firestore.document.v1.written' = type;
    const d: string | undefined = document;
    // @ts-expect-error
    params.other;
    return [uid, data.after?.['x'], data.before, t, d];
  },
);
cloudEvent('m', { type: 'google.cloud.pubsub.topic.v1.messagePublished' }, async ({ data }) => {
  const b: Buffer = data.message.data;
  const j: unknown = data.message.json;
  return [b, j];
});
cloudEvent(
  'f',
  { type: ['google.cloud.storage.object.v1.finalized', 'google.cloud.storage.object.v1.deleted'] },
  (event) => {
    const s: string | undefined = event.data.size;
    return [s, event.bucket, event.type];
  },
);
cloudEvent(
  'mixed',
  {
    type: [
      'google.cloud.storage.object.v1.finalized',
      'google.cloud.pubsub.topic.v1.messagePublished',
    ],
  },
  (event) => {
    if (event.type === 'google.cloud.storage.object.v1.finalized') return event.data.name;
    return event.data.message.text;
  },
);
cloudEvent('own', { type: 'com.example.sold', data: order }, ({ data, params }) => {
  const id: string = data.id;
  // @ts-expect-error
  params.uid;
  return id;
});
cloudEvent('own2', { type: 'com.example.sold' }, ({ data }) => {
  const d: unknown = data;
  // @ts-expect-error
  data.id;
  return d;
});
cloudEvent('own3', { data: order }, ({ data }) => {
  const id: string = data.id;
  return id;
});
cloudEvent<{ a: 1 }>('explicit', (e) => e.data?.a);
cloudEvent('cb', { type: 'x' }, (event, done) => {
  done(null, event.id);
});
cloudEvent(
  'typo',
  // @ts-expect-error: there is no such option
  { type: 'com.example.sold', documnt: 'users/{uid}' },
  (event) => event.id,
);
// @ts-expect-error: a type is text
cloudEvent('number', { type: 5 }, () => undefined);
// @ts-expect-error: this is no schema
cloudEvent('schema', { data: 'order' }, () => undefined);
const options = { type: 'google.firebase.auth.user.v1.created', data: order } as const;
cloudEvent('constant', options, ({ data, type }) => [data.id, type.startsWith('google.firebase')]);
export const byName = (type: string): void => {
  cloudEvent('byName', { type }, ({ data }) => {
    const unknown: unknown = data;
    return unknown;
  });
};
