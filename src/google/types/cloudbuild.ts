import type { Described } from './described';
import type { Bytes, Duration, Int64, Timestamp } from './proto-json';

/** The events of Cloud Build. */
export interface CloudBuildEvents {
  'google.cloud.cloudbuild.build.v1.statusChanged': Described<BuildEventData>;
}

export interface BuildEventData {
  id?: string;
  projectId?: string;
  status?: BuildEventDataStatus;
  statusDetail?: string;
  source?: CloudBuildSource;
  steps?: BuildStep[];
  results?: CloudBuildResults;
  createTime?: Timestamp;
  startTime?: Timestamp;
  finishTime?: Timestamp;
  timeout?: Duration;
  images?: string[];
  queueTtl?: Duration;
  artifacts?: Artifacts;
  logsBucket?: string;
  sourceProvenance?: CloudBuildSourceProvenance;
  buildTriggerId?: string;
  options?: BuildOptions;
  logUrl?: string;
  substitutions?: Record<string, string>;
  tags?: string[];
  secrets?: { kmsKeyName?: string; secretEnv?: Record<string, Bytes> }[];
  timing?: Record<string, CloudBuildTimeSpan>;
}

export type BuildEventDataStatus =
  | 'STATUS_UNKNOWN'
  | 'QUEUED'
  | 'WORKING'
  | 'SUCCESS'
  | 'FAILURE'
  | 'INTERNAL_ERROR'
  | 'TIMEOUT'
  | 'CANCELLED'
  | 'EXPIRED';

export interface CloudBuildSource {
  storageSource?: CloudBuildStorageSource;
  repoSource?: CloudBuildRepoSource;
}

export interface CloudBuildStorageSource {
  bucket?: string;
  object?: string;
  generation?: Int64;
}

export interface CloudBuildRepoSource {
  projectId?: string;
  repoName?: string;
  branchName?: string;
  tagName?: string;
  commitSha?: string;
  dir?: string;
  invertRegex?: boolean;
  substitutions?: Record<string, string>;
}

export interface BuildStep {
  name?: string;
  env?: string[];
  args?: string[];
  dir?: string;
  id?: string;
  waitFor?: string[];
  entrypoint?: string;
  secretEnv?: string[];
  volumes?: CloudBuildVolume[];
  timing?: CloudBuildTimeSpan;
  pullTiming?: CloudBuildTimeSpan;
  timeout?: Duration;
  status?: BuildEventDataStatus;
}

export interface CloudBuildVolume {
  name?: string;
  path?: string;
}

export interface CloudBuildTimeSpan {
  startTime?: Timestamp;
  endTime?: Timestamp;
}

export interface CloudBuildResults {
  images?: BuiltImage[];
  buildStepImages?: string[];
  artifactManifest?: string;
  numArtifacts?: Int64;
  buildStepOutputs?: Bytes[];
  artifactTiming?: CloudBuildTimeSpan;
}

export interface BuiltImage {
  name?: string;
  digest?: string;
  pushTiming?: CloudBuildTimeSpan;
}

export interface Artifacts {
  images?: string[];
  objects?: ArtifactsArtifactObjects;
}

export interface ArtifactsArtifactObjects {
  location?: string;
  paths?: string[];
  timing?: CloudBuildTimeSpan;
}

export interface CloudBuildSourceProvenance {
  resolvedStorageSource?: CloudBuildStorageSource;
  resolvedRepoSource?: CloudBuildRepoSource;
  fileHashes?: Record<string, FileHashes>;
}

export interface FileHashes {
  fileHash?: { type?: 'NONE' | 'SHA256' | 'MD5'; value?: Bytes }[];
}

export interface BuildOptions {
  sourceProvenanceHash?: ('NONE' | 'SHA256' | 'MD5')[];
  requestedVerifyOption?: 'NOT_VERIFIED' | 'VERIFIED';
  machineType?: 'UNSPECIFIED' | 'N1_HIGHCPU_8' | 'N1_HIGHCPU_32';
  diskSizeGb?: Int64;
  substitutionOption?: 'MUST_MATCH' | 'ALLOW_LOOSE';
  logStreamingOption?: 'STREAM_DEFAULT' | 'STREAM_ON' | 'STREAM_OFF';
  workerPool?: string;
  logging?: 'LOGGING_UNSPECIFIED' | 'LEGACY' | 'GCS_ONLY';
  env?: string[];
  secretEnv?: string[];
  volumes?: CloudBuildVolume[];
}
