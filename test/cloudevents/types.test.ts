import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CloudEventV1, CloudEvent as SdkCloudEvent } from 'cloudevents';
import { type CloudEvent, encode } from '../../src/cloudevents';

// The compiler is the test: these functions must type-check as they stand.
const toSdk = <T>(event: CloudEvent<T>): CloudEventV1<T> => event;
const fromSdk = <T>(event: CloudEventV1<T>): CloudEvent<T> => event;
const fromInstance = <T>(event: SdkCloudEvent<T>): CloudEvent<T> => event;
const handleSdk: (event: CloudEventV1<string>) => number = (event: CloudEvent<string>) =>
  event.data?.length ?? 0;
const handleOurs: (event: CloudEvent<string>) => number = (event: CloudEventV1<string>) =>
  event.data?.length ?? 0;

test('CloudEvent and CloudEventV1 stand for each other, extensions included', () => {
  const event: CloudEvent<string> = {
    specversion: '1.0',
    id: '1',
    source: '/s',
    type: 't',
    data: 'text',
    myext: 5,
  };
  assert.equal(fromSdk(toSdk(event)), event);
  assert.equal(handleSdk(event) + handleOurs(toSdk(event)), 8);
  const instance = new SdkCloudEvent<string>({ ...event });
  assert.equal(encode(fromInstance(instance)).headers['ce-id'], '1');
});
