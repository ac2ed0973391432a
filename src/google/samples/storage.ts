import { dataOr, type Sample, type SampleContext, type SampleRow } from './sample-row';

const TYPE = 'google.cloud.storage.object.v1';
const BUCKET = 'my-bucket';

/** Cloud Storage: what an object is after it was written, replaced, deleted, or its metadata changed. */
export const storageSamples: Readonly<Record<string, SampleRow>> = {
  storage: [
    [`${TYPE}.finalized`, `${TYPE}.deleted`, `${TYPE}.archived`, `${TYPE}.metadataUpdated`],
    storageSample,
  ],
};

function storageSample({ time, type, subject, overrides }: SampleContext): Sample {
  const name = subject?.replace(/^objects\//, '') ?? 'pictures/cat.png';
  const bucket = String(overrides['bucket'] ?? BUCKET);
  const object = {
    kind: 'storage#object',
    id: `${bucket}/${name}/1700000000000000`,
    selfLink: `https://www.googleapis.com/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}`,
    bucket,
    name,
    contentType: 'image/png',
    size: '48213',
    md5Hash: 'Q2hlY2tzdW0gb2YgYSBjYQ==',
    crc32c: 'rth90Q==',
    etag: 'CICAgL6YkIMDEAE=',
    generation: '1700000000000000',
    metageneration: '1',
    storageClass: 'STANDARD',
    timeCreated: time,
    timeStorageClassUpdated: time,
    updated: time,
    mediaLink: `https://storage.googleapis.com/download/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}?generation=1700000000000000&alt=media`,
    ...changeOf(type, time),
  };
  return {
    source: `//storage.googleapis.com/projects/_/buckets/${bucket}`,
    subject: `objects/${name}`,
    attributes: { bucket },
    data: dataOr(overrides, object),
  };
}

/** What tells of the change: an object that was deleted or replaced has the time of it. */
function changeOf(type: string, time: string): object {
  const timeCreated = '2024-01-15T09:30:00.000Z';
  switch (type) {
    case `${TYPE}.deleted`:
    case `${TYPE}.archived`:
      return {
        timeCreated,
        timeStorageClassUpdated: timeCreated,
        updated: timeCreated,
        timeDeleted: time,
      };
    case `${TYPE}.metadataUpdated`:
      return { timeCreated, metageneration: '2', metadata: { reviewed: 'true' } };
    default:
      return {};
  }
}
