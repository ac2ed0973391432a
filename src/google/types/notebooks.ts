import type { Described } from './described';
import type { Int64, JsonObject, Timestamp } from './proto-json';

/** The events of Notebooks. */
export interface NotebooksEvents {
  'google.cloud.notebooks.runtime.v1.created': Described<{ payload?: NotebooksRuntime }, 'runtime'>;
  'google.cloud.notebooks.runtime.v1.updated': Described<{ payload?: NotebooksRuntime }, 'runtime'>;
  'google.cloud.notebooks.runtime.v1.deleted': Described<{ payload?: NotebooksRuntime }, 'runtime'>;
  'google.cloud.notebooks.instance.v1.created': Described<
    { payload?: NotebooksInstance },
    'instance'
  >;
  'google.cloud.notebooks.instance.v1.deleted': Described<
    { payload?: NotebooksInstance },
    'instance'
  >;
  'google.cloud.notebooks.environment.v1.created': Described<
    { payload?: NotebooksEnvironment },
    'environment'
  >;
  'google.cloud.notebooks.environment.v1.deleted': Described<
    { payload?: NotebooksEnvironment },
    'environment'
  >;
  'google.cloud.notebooks.schedule.v1.deleted': Described<
    { payload?: NotebooksSchedule },
    'schedule'
  >;
  'google.cloud.notebooks.schedule.v1.created': Described<
    { payload?: NotebooksSchedule },
    'schedule'
  >;
  'google.cloud.notebooks.execution.v1.deleted': Described<{ payload?: Execution }, 'execution'>;
  'google.cloud.notebooks.execution.v1.created': Described<{ payload?: Execution }, 'execution'>;
}

export interface NotebooksRuntime {
  name?: string;
  virtualMachine?: VirtualMachine;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'STARTING'
    | 'PROVISIONING'
    | 'ACTIVE'
    | 'STOPPING'
    | 'STOPPED'
    | 'DELETING'
    | 'UPGRADING'
    | 'INITIALIZING';
  healthState?:
    | 'HEALTH_STATE_UNSPECIFIED'
    | 'HEALTHY'
    | 'UNHEALTHY'
    | 'AGENT_NOT_INSTALLED'
    | 'AGENT_NOT_RUNNING';
  accessConfig?: {
    accessType?: 'RUNTIME_ACCESS_TYPE_UNSPECIFIED' | 'SINGLE_USER' | 'SERVICE_ACCOUNT';
    runtimeOwner?: string;
    proxyUri?: string;
  };
  softwareConfig?: RuntimeSoftwareConfig;
  metrics?: { systemMetrics?: Record<string, string> };
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
}

export interface VirtualMachine {
  instanceName?: string;
  instanceId?: string;
  virtualMachineConfig?: VirtualMachineConfig;
}

export interface VirtualMachineConfig {
  zone?: string;
  machineType?: string;
  containerImages?: ContainerImage[];
  dataDisk?: LocalDisk;
  encryptionConfig?: { kmsKey?: string };
  shieldedInstanceConfig?: {
    enableSecureBoot?: boolean;
    enableVtpm?: boolean;
    enableIntegrityMonitoring?: boolean;
  };
  acceleratorConfig?: RuntimeAcceleratorConfig;
  network?: string;
  subnet?: string;
  internalIpOnly?: boolean;
  tags?: string[];
  guestAttributes?: Record<string, string>;
  metadata?: Record<string, string>;
  labels?: Record<string, string>;
  nicType?: 'UNSPECIFIED_NIC_TYPE' | 'VIRTIO_NET' | 'GVNIC';
  reservedIpRange?: string;
  bootImage?: JsonObject;
}

export interface ContainerImage {
  repository?: string;
  tag?: string;
}

export interface LocalDisk {
  autoDelete?: boolean;
  boot?: boolean;
  deviceName?: string;
  guestOsFeatures?: { type?: string }[];
  index?: number;
  interface?: string;
  kind?: string;
  licenses?: string[];
  mode?: string;
  source?: string;
  type?: string;
}

export interface RuntimeAcceleratorConfig {
  type?:
    | 'ACCELERATOR_TYPE_UNSPECIFIED'
    | 'NVIDIA_TESLA_K80'
    | 'NVIDIA_TESLA_P100'
    | 'NVIDIA_TESLA_V100'
    | 'NVIDIA_TESLA_P4'
    | 'NVIDIA_TESLA_T4'
    | 'NVIDIA_TESLA_A100'
    | 'TPU_V2'
    | 'TPU_V3'
    | 'NVIDIA_TESLA_T4_VWS'
    | 'NVIDIA_TESLA_P100_VWS'
    | 'NVIDIA_TESLA_P4_VWS';
  coreCount?: Int64;
}

export interface RuntimeSoftwareConfig {
  notebookUpgradeSchedule?: string;
  enableHealthMonitoring?: boolean;
  idleShutdown?: boolean;
  idleShutdownTimeout?: number;
  installGpuDriver?: boolean;
  customGpuDriverPath?: string;
  postStartupScript?: string;
  kernels?: ContainerImage[];
  upgradeable?: boolean;
  postStartupScriptBehavior?:
    | 'POST_STARTUP_SCRIPT_BEHAVIOR_UNSPECIFIED'
    | 'RUN_EVERY_START'
    | 'DOWNLOAD_AND_RUN_EVERY_START';
  disableTerminal?: boolean;
  version?: string;
  mixerDisabled?: boolean;
}

export interface NotebooksInstance {
  name?: string;
  vmImage?: NotebooksVmImage;
  containerImage?: ContainerImage;
  postStartupScript?: string;
  proxyUri?: string;
  serviceAccount?: string;
  serviceAccountScopes?: string[];
  machineType?: string;
  acceleratorConfig?: InstanceAcceleratorConfig;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'STARTING'
    | 'PROVISIONING'
    | 'ACTIVE'
    | 'STOPPING'
    | 'STOPPED'
    | 'DELETED'
    | 'UPGRADING'
    | 'INITIALIZING'
    | 'REGISTERING'
    | 'SUSPENDING'
    | 'SUSPENDED';
  installGpuDriver?: boolean;
  customGpuDriverPath?: string;
  disks?: InstanceDisk[];
  shieldedInstanceConfig?: {
    enableSecureBoot?: boolean;
    enableVtpm?: boolean;
    enableIntegrityMonitoring?: boolean;
  };
  noPublicIp?: boolean;
  noProxyAccess?: boolean;
  network?: string;
  subnet?: string;
  labels?: Record<string, string>;
  metadata?: Record<string, string>;
  tags?: string[];
  upgradeHistory?: InstanceUpgradeHistoryEntry[];
  nicType?: 'UNSPECIFIED_NIC_TYPE' | 'VIRTIO_NET' | 'GVNIC';
  reservationAffinity?: ReservationAffinity;
  creator?: string;
  canIpForward?: boolean;
  createTime?: Timestamp;
  updateTime?: Timestamp;
}

export interface NotebooksVmImage {
  project?: string;
  imageName?: string;
  imageFamily?: string;
}

export interface InstanceAcceleratorConfig {
  type?:
    | 'ACCELERATOR_TYPE_UNSPECIFIED'
    | 'NVIDIA_TESLA_K80'
    | 'NVIDIA_TESLA_P100'
    | 'NVIDIA_TESLA_V100'
    | 'NVIDIA_TESLA_P4'
    | 'NVIDIA_TESLA_T4'
    | 'NVIDIA_TESLA_A100'
    | 'NVIDIA_TESLA_T4_VWS'
    | 'NVIDIA_TESLA_P100_VWS'
    | 'NVIDIA_TESLA_P4_VWS'
    | 'TPU_V2'
    | 'TPU_V3';
  coreCount?: Int64;
}

export interface InstanceDisk {
  autoDelete?: boolean;
  boot?: boolean;
  deviceName?: string;
  diskSizeGb?: Int64;
  guestOsFeatures?: { type?: string }[];
  index?: Int64;
  interface?: string;
  kind?: string;
  licenses?: string[];
  mode?: string;
  source?: string;
  type?: string;
}

export interface InstanceUpgradeHistoryEntry {
  snapshot?: string;
  vmImage?: string;
  containerImage?: string;
  framework?: string;
  version?: string;
  state?: 'STATE_UNSPECIFIED' | 'STARTED' | 'SUCCEEDED' | 'FAILED';
  createTime?: Timestamp;
  targetImage?: string;
  action?: 'ACTION_UNSPECIFIED' | 'UPGRADE' | 'ROLLBACK';
  targetVersion?: string;
}

export interface ReservationAffinity {
  consumeReservationType?:
    | 'TYPE_UNSPECIFIED'
    | 'NO_RESERVATION'
    | 'ANY_RESERVATION'
    | 'SPECIFIC_RESERVATION';
  key?: string;
  values?: string[];
}

export interface NotebooksEnvironment {
  name?: string;
  displayName?: string;
  description?: string;
  vmImage?: NotebooksVmImage;
  containerImage?: ContainerImage;
  postStartupScript?: string;
  createTime?: Timestamp;
}

export interface NotebooksSchedule {
  name?: string;
  displayName?: string;
  description?: string;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'ENABLED'
    | 'PAUSED'
    | 'DISABLED'
    | 'UPDATE_FAILED'
    | 'INITIALIZING'
    | 'DELETING';
  cronSchedule?: string;
  timeZone?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  executionTemplate?: ExecutionTemplate;
  recentExecutions?: Execution[];
}

export interface ExecutionTemplate {
  scaleTier?:
    | 'SCALE_TIER_UNSPECIFIED'
    | 'BASIC'
    | 'STANDARD_1'
    | 'PREMIUM_1'
    | 'BASIC_GPU'
    | 'BASIC_TPU'
    | 'CUSTOM';
  masterType?: string;
  acceleratorConfig?: ExecutionTemplateSchedulerAcceleratorConfig;
  labels?: Record<string, string>;
  inputNotebookFile?: string;
  containerImageUri?: string;
  outputNotebookFolder?: string;
  paramsYamlFile?: string;
  parameters?: string;
  serviceAccount?: string;
  jobType?: 'JOB_TYPE_UNSPECIFIED' | 'VERTEX_AI' | 'DATAPROC';
  dataprocParameters?: { cluster?: string };
  vertexAiParameters?: { network?: string; env?: Record<string, string> };
  kernelSpec?: string;
  tensorboard?: string;
}

export interface ExecutionTemplateSchedulerAcceleratorConfig {
  type?:
    | 'SCHEDULER_ACCELERATOR_TYPE_UNSPECIFIED'
    | 'NVIDIA_TESLA_K80'
    | 'NVIDIA_TESLA_P100'
    | 'NVIDIA_TESLA_V100'
    | 'NVIDIA_TESLA_P4'
    | 'NVIDIA_TESLA_T4'
    | 'NVIDIA_TESLA_A100'
    | 'TPU_V2'
    | 'TPU_V3';
  coreCount?: Int64;
}

export interface Execution {
  executionTemplate?: ExecutionTemplate;
  name?: string;
  displayName?: string;
  description?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'QUEUED'
    | 'PREPARING'
    | 'RUNNING'
    | 'SUCCEEDED'
    | 'FAILED'
    | 'CANCELLING'
    | 'CANCELLED'
    | 'EXPIRED'
    | 'INITIALIZING';
  outputNotebookFile?: string;
  jobUri?: string;
}
