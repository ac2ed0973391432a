import { type CloudEvent, cloudEvent } from 'barefn';
import {
  BarefnError,
  decodeFirestoreEvent,
  type FirestoreTimestamp,
  type FirestoreValue,
  firestoreJson,
  type GoogleEvent,
  type GoogleEventData,
  type GoogleEventType,
} from 'barefn/google';

interface User {
  name: string;
  seen?: FirestoreTimestamp;
}

cloudEvent('onUser', (event: GoogleEvent<'google.cloud.firestore.document.v1.written'>) => {
  const { before, after, updateMask, path, params } = decodeFirestoreEvent<User>(event);
  const uid: string | undefined = params('users/{uid}/{rest=**}')?.uid;
  // @ts-expect-error: the pattern has no such parameter
  params('users/{uid}')?.post;
  const names: (string | undefined)[] = [before?.name, after?.name, uid, path, event.document];
  return [names, updateMask, after?.seen?.getTime(), after?.seen?.nanoseconds];
});

export function plainOf(event: CloudEvent): FirestoreValue | undefined {
  const { after } = decodeFirestoreEvent(event);
  const visits: string | undefined = firestoreJson(event).value?.fields?.['visits']?.integerValue;
  return visits ?? after?.['visits'];
}

cloudEvent(
  'onFile',
  ({ bucket, data }: GoogleEvent<'google.cloud.storage.object.v1.finalized'>) => {
    const size: string | undefined = data?.size;
    // @ts-expect-error: 64-bit integers are strings
    const wrong: number | undefined = data?.size;
    return [bucket, size, wrong];
  },
);

export function describe(
  event: GoogleEvent<
    'google.cloud.audit.log.v1.written' | 'google.cloud.pubsub.topic.v1.messagePublished'
  >,
): string | undefined {
  if (event.type === 'google.cloud.audit.log.v1.written')
    return event.data?.protoPayload?.methodName;
  return event.data?.message?.messageId;
}

export const types: GoogleEventType[] = ['google.firebase.auth.user.v1.created'];
// @ts-expect-error: there is no such type
types.push('google.firebase.auth.user.v1.renamed');
export const build: GoogleEventData['google.cloud.cloudbuild.build.v1.statusChanged'] = {
  status: 'SUCCESS',
  images: ['a'],
};
export const isOurs = (error: unknown): boolean => error instanceof BarefnError;
