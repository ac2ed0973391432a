import type { Described } from './described';
import type { JsonObject, Timestamp } from './proto-json';

/** The events of Dataflow. */
export interface DataflowEvents {
  'google.cloud.dataflow.job.v1beta3.statusChanged': Described<{ payload?: DataflowJob }, 'job'>;
}

export interface DataflowJob {
  id?: string;
  projectId?: string;
  name?: string;
  type?: 'JOB_TYPE_UNKNOWN' | 'JOB_TYPE_BATCH' | 'JOB_TYPE_STREAMING';
  environment?: DataflowEnvironment;
  stepsLocation?: string;
  currentState?: DataflowJobState;
  currentStateTime?: Timestamp;
  requestedState?: DataflowJobState;
  executionInfo?: JobExecutionInfo;
  createTime?: Timestamp;
  replaceJobId?: string;
  clientRequestId?: string;
  replacedByJobId?: string;
  tempFiles?: string[];
  labels?: Record<string, string>;
  location?: string;
  stageStates?: ExecutionStageState[];
  jobMetadata?: JobMetadata;
  startTime?: Timestamp;
  createdFromSnapshotId?: string;
  satisfiesPzs?: boolean;
}

export interface DataflowEnvironment {
  tempStoragePrefix?: string;
  clusterManagerApiService?: string;
  experiments?: string[];
  serviceOptions?: string[];
  serviceKmsKeyName?: string;
  workerPools?: WorkerPool[];
  userAgent?: JsonObject;
  version?: JsonObject;
  dataset?: string;
  sdkPipelineOptions?: JsonObject;
  serviceAccountEmail?: string;
  flexResourceSchedulingGoal?:
    | 'FLEXRS_UNSPECIFIED'
    | 'FLEXRS_SPEED_OPTIMIZED'
    | 'FLEXRS_COST_OPTIMIZED';
  workerRegion?: string;
  workerZone?: string;
  shuffleMode?: 'SHUFFLE_MODE_UNSPECIFIED' | 'VM_BASED' | 'SERVICE_BASED';
  debugOptions?: { enableHotKeyLogging?: boolean };
}

export interface WorkerPool {
  kind?: string;
  numWorkers?: number;
  packages?: { name?: string; location?: string }[];
  defaultPackageSet?:
    | 'DEFAULT_PACKAGE_SET_UNKNOWN'
    | 'DEFAULT_PACKAGE_SET_NONE'
    | 'DEFAULT_PACKAGE_SET_JAVA'
    | 'DEFAULT_PACKAGE_SET_PYTHON';
  machineType?: string;
  teardownPolicy?:
    | 'TEARDOWN_POLICY_UNKNOWN'
    | 'TEARDOWN_ALWAYS'
    | 'TEARDOWN_ON_SUCCESS'
    | 'TEARDOWN_NEVER';
  diskSizeGb?: number;
  diskType?: string;
  diskSourceImage?: string;
  zone?: string;
  onHostMaintenance?: string;
  metadata?: Record<string, string>;
  autoscalingSettings?: {
    algorithm?:
      | 'AUTOSCALING_ALGORITHM_UNKNOWN'
      | 'AUTOSCALING_ALGORITHM_NONE'
      | 'AUTOSCALING_ALGORITHM_BASIC';
    maxNumWorkers?: number;
  };
  network?: string;
  subnetwork?: string;
  workerHarnessContainerImage?: string;
  numThreadsPerWorker?: number;
  ipConfiguration?: 'WORKER_IP_UNSPECIFIED' | 'WORKER_IP_PUBLIC' | 'WORKER_IP_PRIVATE';
  sdkHarnessContainerImages?: {
    containerImage?: string;
    useSingleCorePerContainer?: boolean;
    environmentId?: string;
    capabilities?: string[];
  }[];
}

export type DataflowJobState =
  | 'JOB_STATE_UNKNOWN'
  | 'JOB_STATE_STOPPED'
  | 'JOB_STATE_RUNNING'
  | 'JOB_STATE_DONE'
  | 'JOB_STATE_FAILED'
  | 'JOB_STATE_CANCELLED'
  | 'JOB_STATE_UPDATED'
  | 'JOB_STATE_DRAINING'
  | 'JOB_STATE_DRAINED'
  | 'JOB_STATE_PENDING'
  | 'JOB_STATE_CANCELLING'
  | 'JOB_STATE_QUEUED'
  | 'JOB_STATE_RESOURCE_CLEANING_UP';

export interface JobExecutionInfo {
  stages?: Record<string, { stepName?: string[] }>;
}

export interface ExecutionStageState {
  executionStageName?: string;
  executionStageState?: DataflowJobState;
  currentStateTime?: Timestamp;
}

export interface JobMetadata {
  sdkVersion?: SdkVersion;
  spannerDetails?: { projectId?: string; instanceId?: string; databaseId?: string }[];
  bigqueryDetails?: { table?: string; dataset?: string; projectId?: string; query?: string }[];
  bigTableDetails?: { projectId?: string; instanceId?: string; tableId?: string }[];
  pubsubDetails?: { topic?: string; subscription?: string }[];
  fileDetails?: { filePattern?: string }[];
  datastoreDetails?: { namespace?: string; projectId?: string }[];
}

export interface SdkVersion {
  version?: string;
  versionDisplayName?: string;
  sdkSupportStatus?: 'UNKNOWN' | 'SUPPORTED' | 'STALE' | 'DEPRECATED' | 'UNSUPPORTED';
}
