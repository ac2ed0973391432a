import { type CloudEvent, cloudEvent } from '@google-cloud/functions-framework';
import { type CloudEventV1, CloudEvent as SdkEvent } from 'cloudevents';

cloudEvent('sdk', (event: CloudEventV1<{ id: string }>) => new SdkEvent(event));

export const toSdk = <T>(event: CloudEvent<T>): CloudEventV1<T> => event;
export const fromSdk = <T>(event: CloudEventV1<T>): CloudEvent<T> => event;
export const fromInstance: CloudEvent<string> = new SdkEvent<string>({ source: '/', type: 't' });
