import type { SignatureType } from '../core/registry';

/** How a function of some signature is called by hand: by `barefn invoke`, curl and the index page. */
export interface CallForm {
  /** What a request has to carry. */
  readonly carries: 'anything' | 'json' | 'event';
  /** A body that such functions take, for curl; none where a GET will do. */
  readonly example?: { readonly mediaType: string; readonly body: object };
}

/** A form for every signature. */
export const callForms: Readonly<Record<SignatureType, CallForm>> = {
  http: { carries: 'anything' },
  web: { carries: 'anything' },
  typed: { carries: 'json', example: { mediaType: 'application/json', body: {} } },
  cloudevent: {
    carries: 'event',
    example: {
      mediaType: 'application/cloudevents+json',
      body: {
        specversion: '1.0',
        id: '1',
        source: '/curl',
        type: 'com.example.greeting',
        data: { name: 'World' },
      },
    },
  },
  event: {
    carries: 'event',
    example: {
      mediaType: 'application/json',
      body: {
        context: { eventId: '1', eventType: 'com.example.greeting', resource: '/curl' },
        data: { name: 'World' },
      },
    },
  },
};
