import type { Described } from './described';
import type { Duration, Int64, Timestamp } from './proto-json';

/** The events of Batch. */
export interface BatchEvents {
  'google.cloud.batch.job.v1.created': Described<{ payload?: BatchJob }, 'job'>;
  'google.cloud.batch.job.v1.deleted': Described<{ payload?: BatchJob }, 'job'>;
}

export interface BatchJob {
  name?: string;
  uid?: string;
  priority?: Int64;
  taskGroups?: TaskGroup[];
  allocationPolicy?: AllocationPolicy;
  labels?: Record<string, string>;
  status?: JobStatus;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  logsPolicy?: {
    destination?: 'DESTINATION_UNSPECIFIED' | 'CLOUD_LOGGING' | 'PATH';
    logsPath?: string;
  };
  notifications?: JobNotification[];
}

export interface TaskGroup {
  name?: string;
  taskSpec?: BatchTaskSpec;
  taskCount?: Int64;
  parallelism?: Int64;
  schedulingPolicy?: 'SCHEDULING_POLICY_UNSPECIFIED' | 'AS_SOON_AS_POSSIBLE' | 'IN_ORDER';
  taskEnvironments?: BatchEnvironment[];
  taskCountPerNode?: Int64;
  requireHostsFile?: boolean;
  permissiveSsh?: boolean;
}

export interface BatchTaskSpec {
  runnables?: BatchRunnable[];
  computeResource?: { cpuMilli?: Int64; memoryMib?: Int64; bootDiskMib?: Int64 };
  maxRunDuration?: Duration;
  maxRetryCount?: number;
  lifecyclePolicies?: LifecyclePolicy[];
  environments?: Record<string, string>;
  volumes?: BatchVolume[];
  environment?: BatchEnvironment;
}

export interface BatchRunnable {
  container?: RunnableContainer;
  script?: { path?: string; text?: string };
  barrier?: { name?: string };
  ignoreExitStatus?: boolean;
  background?: boolean;
  alwaysRun?: boolean;
  environment?: BatchEnvironment;
  timeout?: Duration;
  labels?: Record<string, string>;
}

export interface RunnableContainer {
  imageUri?: string;
  commands?: string[];
  entrypoint?: string;
  volumes?: string[];
  options?: string;
  blockExternalNetwork?: boolean;
  username?: string;
  password?: string;
}

export interface BatchEnvironment {
  variables?: Record<string, string>;
  secretVariables?: Record<string, string>;
  encryptedVariables?: { keyName?: string; cipherText?: string };
}

export interface LifecyclePolicy {
  action?: 'ACTION_UNSPECIFIED' | 'RETRY_TASK' | 'FAIL_TASK';
  actionCondition?: { exitCodes?: number[] };
}

export interface BatchVolume {
  nfs?: { server?: string; remotePath?: string };
  gcs?: { remotePath?: string };
  deviceName?: string;
  mountPath?: string;
  mountOptions?: string[];
}

export interface AllocationPolicy {
  location?: { allowedLocations?: string[] };
  instances?: AllocationPolicyInstancePolicyOrTemplate[];
  serviceAccount?: { email?: string; scopes?: string[] };
  labels?: Record<string, string>;
  network?: AllocationPolicyNetworkPolicy;
  placement?: { collocation?: string; maxDistance?: Int64 };
}

export interface AllocationPolicyInstancePolicyOrTemplate {
  policy?: AllocationPolicyInstancePolicy;
  instanceTemplate?: string;
  installGpuDrivers?: boolean;
}

export interface AllocationPolicyInstancePolicy {
  machineType?: string;
  minCpuPlatform?: string;
  provisioningModel?: AllocationPolicyProvisioningModel;
  accelerators?: { type?: string; count?: Int64; installGpuDrivers?: boolean }[];
  bootDisk?: AllocationPolicyDisk;
  disks?: AllocationPolicyAttachedDisk[];
}

export type AllocationPolicyProvisioningModel =
  | 'PROVISIONING_MODEL_UNSPECIFIED'
  | 'STANDARD'
  | 'SPOT'
  | 'PREEMPTIBLE';

export interface AllocationPolicyDisk {
  image?: string;
  snapshot?: string;
  type?: string;
  sizeGb?: Int64;
  diskInterface?: string;
}

export interface AllocationPolicyAttachedDisk {
  newDisk?: AllocationPolicyDisk;
  existingDisk?: string;
  deviceName?: string;
}

export interface AllocationPolicyNetworkPolicy {
  networkInterfaces?: { network?: string; subnetwork?: string; noExternalIpAddress?: boolean }[];
}

export interface JobStatus {
  state?: JobStatusState;
  statusEvents?: StatusEvent[];
  taskGroups?: Record<string, JobStatusTaskGroupStatus>;
  runDuration?: Duration;
}

export type JobStatusState =
  | 'STATE_UNSPECIFIED'
  | 'QUEUED'
  | 'SCHEDULED'
  | 'RUNNING'
  | 'SUCCEEDED'
  | 'FAILED'
  | 'DELETION_IN_PROGRESS';

export interface StatusEvent {
  type?: string;
  description?: string;
  eventTime?: Timestamp;
  taskExecution?: { exitCode?: number };
  taskState?: TaskStatusState;
}

export type TaskStatusState =
  | 'STATE_UNSPECIFIED'
  | 'PENDING'
  | 'ASSIGNED'
  | 'RUNNING'
  | 'FAILED'
  | 'SUCCEEDED'
  | 'UNEXECUTED';

export interface JobStatusTaskGroupStatus {
  counts?: Record<string, Int64>;
  instances?: JobStatusInstanceStatus[];
}

export interface JobStatusInstanceStatus {
  machineType?: string;
  provisioningModel?: AllocationPolicyProvisioningModel;
  taskPack?: Int64;
  bootDisk?: AllocationPolicyDisk;
}

export interface JobNotification {
  pubsubTopic?: string;
  message?: JobNotificationMessage;
}

export interface JobNotificationMessage {
  type?: 'TYPE_UNSPECIFIED' | 'JOB_STATE_CHANGED' | 'TASK_STATE_CHANGED';
  newJobState?: JobStatusState;
  newTaskState?: TaskStatusState;
}
