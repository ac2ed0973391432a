import type { LocalizedMessage, RpcStatus } from './common';
import type { Described } from './described';
import type { Duration, Int64, JsonObject, Timestamp } from './proto-json';

/** The events of VM Migration. */
export interface VmMigrationEvents {
  'google.cloud.vmmigration.source.v1.created': Described<
    { payload?: VmMigrationSource },
    'sourceid'
  >;
  'google.cloud.vmmigration.source.v1.updated': Described<
    { payload?: VmMigrationSource },
    'sourceid'
  >;
  'google.cloud.vmmigration.source.v1.deleted': Described<
    { payload?: VmMigrationSource },
    'sourceid'
  >;
  'google.cloud.vmmigration.utilizationReport.v1.created': Described<
    { payload?: UtilizationReport },
    'sourceid' | 'utilizationreport'
  >;
  'google.cloud.vmmigration.utilizationReport.v1.deleted': Described<
    { payload?: UtilizationReport },
    'sourceid' | 'utilizationreport'
  >;
  'google.cloud.vmmigration.datacenterConnector.v1.created': Described<
    { payload?: DatacenterConnector },
    'sourceid' | 'datacenterconnector'
  >;
  'google.cloud.vmmigration.datacenterConnector.v1.deleted': Described<
    { payload?: DatacenterConnector },
    'sourceid' | 'datacenterconnector'
  >;
  'google.cloud.vmmigration.migratingVm.v1.created': Described<
    { payload?: MigratingVm },
    'sourceid' | 'migratingvm'
  >;
  'google.cloud.vmmigration.migratingVm.v1.updated': Described<
    { payload?: MigratingVm },
    'sourceid' | 'migratingvm'
  >;
  'google.cloud.vmmigration.migratingVm.v1.deleted': Described<
    { payload?: MigratingVm },
    'sourceid' | 'migratingvm'
  >;
  'google.cloud.vmmigration.cloneJob.v1.created': Described<
    { payload?: VmMigrationCloneJob },
    'sourceid' | 'migratingvm' | 'clonejob'
  >;
  'google.cloud.vmmigration.cutoverJob.v1.created': Described<
    { payload?: CutoverJob },
    'sourceid' | 'migratingvm' | 'cutoverjob'
  >;
  'google.cloud.vmmigration.group.v1.created': Described<
    {
      payload?: {
        name?: string;
        createTime?: Timestamp;
        updateTime?: Timestamp;
        description?: string;
        displayName?: string;
      };
    },
    'group'
  >;
  'google.cloud.vmmigration.group.v1.updated': Described<
    {
      payload?: {
        name?: string;
        createTime?: Timestamp;
        updateTime?: Timestamp;
        description?: string;
        displayName?: string;
      };
    },
    'group'
  >;
  'google.cloud.vmmigration.group.v1.deleted': Described<
    {
      payload?: {
        name?: string;
        createTime?: Timestamp;
        updateTime?: Timestamp;
        description?: string;
        displayName?: string;
      };
    },
    'group'
  >;
  'google.cloud.vmmigration.targetProject.v1.created': Described<
    {
      payload?: {
        name?: string;
        project?: string;
        description?: string;
        createTime?: Timestamp;
        updateTime?: Timestamp;
      };
    },
    'targetproject'
  >;
  'google.cloud.vmmigration.targetProject.v1.updated': Described<
    {
      payload?: {
        name?: string;
        project?: string;
        description?: string;
        createTime?: Timestamp;
        updateTime?: Timestamp;
      };
    },
    'targetproject'
  >;
  'google.cloud.vmmigration.targetProject.v1.deleted': Described<
    {
      payload?: {
        name?: string;
        project?: string;
        description?: string;
        createTime?: Timestamp;
        updateTime?: Timestamp;
      };
    },
    'targetproject'
  >;
}

export interface VmMigrationSource {
  vmware?: {
    username?: string;
    vcenterIp?: string;
    thumbprint?: string;
    resolvedVcenterHost?: string;
  };
  aws?: AwsSourceDetails;
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
}

export interface AwsSourceDetails {
  accessKeyCreds?: { accessKeyId?: string };
  awsRegion?: string;
  state?: 'STATE_UNSPECIFIED' | 'PENDING' | 'FAILED' | 'ACTIVE';
  error?: RpcStatus;
  inventoryTagList?: { key?: string; value?: string }[];
  inventorySecurityGroupNames?: string[];
  migrationResourcesUserTags?: Record<string, string>;
  publicIp?: string;
}

export interface UtilizationReport {
  name?: string;
  displayName?: string;
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'SUCCEEDED' | 'FAILED';
  stateTime?: Timestamp;
  error?: RpcStatus;
  createTime?: Timestamp;
  timeFrame?: 'TIME_FRAME_UNSPECIFIED' | 'WEEK' | 'MONTH' | 'YEAR';
  frameEndTime?: Timestamp;
  vmCount?: number;
  vms?: VmUtilizationInfo[];
}

export interface VmUtilizationInfo {
  vmwareVmDetails?: VmwareVmDetails;
  vmId?: string;
  utilization?: VmUtilizationMetrics;
}

export interface VmwareVmDetails {
  vmId?: string;
  datacenterId?: string;
  datacenterDescription?: string;
  uuid?: string;
  displayName?: string;
  powerState?: 'POWER_STATE_UNSPECIFIED' | 'ON' | 'OFF' | 'SUSPENDED';
  cpuCount?: number;
  memoryMb?: number;
  diskCount?: number;
  committedStorageMb?: Int64;
  guestDescription?: string;
  bootOption?: 'BOOT_OPTION_UNSPECIFIED' | 'EFI' | 'BIOS';
}

export interface VmUtilizationMetrics {
  cpuMaxPercent?: number;
  cpuAveragePercent?: number;
  memoryMaxPercent?: number;
  memoryAveragePercent?: number;
  diskIoRateMaxKbps?: Int64;
  diskIoRateAverageKbps?: Int64;
  networkThroughputMaxKbps?: Int64;
  networkThroughputAverageKbps?: Int64;
}

export interface DatacenterConnector {
  createTime?: Timestamp;
  updateTime?: Timestamp;
  name?: string;
  registrationId?: string;
  serviceAccount?: string;
  version?: string;
  bucket?: string;
  state?: 'STATE_UNSPECIFIED' | 'PENDING' | 'OFFLINE' | 'FAILED' | 'ACTIVE';
  stateTime?: Timestamp;
  error?: RpcStatus;
  applianceInfrastructureVersion?: string;
  applianceSoftwareVersion?: string;
  availableVersions?: AvailableUpdates;
  upgradeStatus?: UpgradeStatus;
}

export interface AvailableUpdates {
  newDeployableAppliance?: ApplianceVersion;
  inPlaceUpdate?: ApplianceVersion;
}

export interface ApplianceVersion {
  version?: string;
  uri?: string;
  critical?: boolean;
  releaseNotesUri?: string;
}

export interface UpgradeStatus {
  version?: string;
  state?: 'STATE_UNSPECIFIED' | 'RUNNING' | 'FAILED' | 'SUCCEEDED';
  error?: RpcStatus;
  startTime?: Timestamp;
  previousVersion?: string;
}

export interface MigratingVm {
  computeEngineTargetDefaults?: ComputeEngineTargetDefaults;
  awsSourceVmDetails?: AwsSourceVmDetails;
  name?: string;
  sourceVmId?: string;
  displayName?: string;
  description?: string;
  policy?: { idleDuration?: Duration; skipOsAdaptation?: boolean };
  createTime?: Timestamp;
  updateTime?: Timestamp;
  lastSync?: { lastSyncTime?: Timestamp };
  state?:
    | 'STATE_UNSPECIFIED'
    | 'PENDING'
    | 'READY'
    | 'FIRST_SYNC'
    | 'ACTIVE'
    | 'CUTTING_OVER'
    | 'CUTOVER'
    | 'FINAL_SYNC'
    | 'PAUSED'
    | 'FINALIZING'
    | 'FINALIZED'
    | 'ERROR';
  stateTime?: Timestamp;
  currentSyncInfo?: ReplicationCycle;
  lastReplicationCycle?: ReplicationCycle;
  group?: string;
  labels?: Record<string, string>;
  recentCloneJobs?: VmMigrationCloneJob[];
  error?: RpcStatus;
  recentCutoverJobs?: CutoverJob[];
  cutoverForecast?: { estimatedCutoverJobDuration?: Duration };
}

export interface ComputeEngineTargetDefaults {
  vmName?: string;
  targetProject?: string;
  zone?: string;
  machineTypeSeries?: string;
  machineType?: string;
  networkTags?: string[];
  networkInterfaces?: NetworkInterface[];
  serviceAccount?: string;
  diskType?: ComputeEngineDiskType;
  labels?: Record<string, string>;
  licenseType?:
    | 'COMPUTE_ENGINE_LICENSE_TYPE_DEFAULT'
    | 'COMPUTE_ENGINE_LICENSE_TYPE_PAYG'
    | 'COMPUTE_ENGINE_LICENSE_TYPE_BYOL';
  appliedLicense?: AppliedLicense;
  computeScheduling?: ComputeScheduling;
  secureBoot?: boolean;
  bootOption?:
    | 'COMPUTE_ENGINE_BOOT_OPTION_UNSPECIFIED'
    | 'COMPUTE_ENGINE_BOOT_OPTION_EFI'
    | 'COMPUTE_ENGINE_BOOT_OPTION_BIOS';
  metadata?: Record<string, string>;
  additionalLicenses?: string[];
  hostname?: string;
}

export interface NetworkInterface {
  network?: string;
  subnetwork?: string;
  internalIp?: string;
  externalIp?: string;
}

export type ComputeEngineDiskType =
  | 'COMPUTE_ENGINE_DISK_TYPE_UNSPECIFIED'
  | 'COMPUTE_ENGINE_DISK_TYPE_STANDARD'
  | 'COMPUTE_ENGINE_DISK_TYPE_SSD'
  | 'COMPUTE_ENGINE_DISK_TYPE_BALANCED';

export interface AppliedLicense {
  type?: 'TYPE_UNSPECIFIED' | 'NONE' | 'PAYG' | 'BYOL';
  osLicense?: string;
}

export interface ComputeScheduling {
  onHostMaintenance?: 'ON_HOST_MAINTENANCE_UNSPECIFIED' | 'TERMINATE' | 'MIGRATE';
  restartType?: 'RESTART_TYPE_UNSPECIFIED' | 'AUTOMATIC_RESTART' | 'NO_AUTOMATIC_RESTART';
  nodeAffinities?: {
    key?: string;
    operator?: 'OPERATOR_UNSPECIFIED' | 'IN' | 'NOT_IN';
    values?: string[];
  }[];
  minNodeCpus?: number;
}

export interface AwsSourceVmDetails {
  firmware?: 'FIRMWARE_UNSPECIFIED' | 'EFI' | 'BIOS';
  committedStorageBytes?: Int64;
  disks?: { diskNumber?: number; volumeId?: string; sizeGb?: Int64 }[];
}

export interface ReplicationCycle {
  name?: string;
  cycleNumber?: number;
  startTime?: Timestamp;
  endTime?: Timestamp;
  totalPauseDuration?: Duration;
  progressPercent?: number;
  steps?: CycleStep[];
  state?: 'STATE_UNSPECIFIED' | 'RUNNING' | 'PAUSED' | 'FAILED' | 'SUCCEEDED';
  error?: RpcStatus;
  warnings?: MigrationWarning[];
}

export interface CycleStep {
  initializingReplication?: JsonObject;
  replicating?: {
    totalBytes?: Int64;
    replicatedBytes?: Int64;
    lastTwoMinutesAverageBytesPerSecond?: Int64;
    lastThirtyMinutesAverageBytesPerSecond?: Int64;
  };
  postProcessing?: JsonObject;
  startTime?: Timestamp;
  endTime?: Timestamp;
}

export interface MigrationWarning {
  code?: 'WARNING_CODE_UNSPECIFIED' | 'ADAPTATION_WARNING';
  warningMessage?: LocalizedMessage;
  actionItem?: LocalizedMessage;
  helpLinks?: { description?: string; url?: string }[];
  warningTime?: Timestamp;
}

export interface VmMigrationCloneJob {
  computeEngineTargetDetails?: ComputeEngineTargetDetails;
  createTime?: Timestamp;
  endTime?: Timestamp;
  name?: string;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'PENDING'
    | 'ACTIVE'
    | 'FAILED'
    | 'SUCCEEDED'
    | 'CANCELLED'
    | 'CANCELLING'
    | 'ADAPTING_OS';
  stateTime?: Timestamp;
  error?: RpcStatus;
  steps?: CloneStep[];
}

export interface ComputeEngineTargetDetails {
  vmName?: string;
  project?: string;
  zone?: string;
  machineTypeSeries?: string;
  machineType?: string;
  networkTags?: string[];
  networkInterfaces?: NetworkInterface[];
  serviceAccount?: string;
  diskType?: ComputeEngineDiskType;
  labels?: Record<string, string>;
  licenseType?:
    | 'COMPUTE_ENGINE_LICENSE_TYPE_DEFAULT'
    | 'COMPUTE_ENGINE_LICENSE_TYPE_PAYG'
    | 'COMPUTE_ENGINE_LICENSE_TYPE_BYOL';
  appliedLicense?: AppliedLicense;
  computeScheduling?: ComputeScheduling;
  secureBoot?: boolean;
  bootOption?:
    | 'COMPUTE_ENGINE_BOOT_OPTION_UNSPECIFIED'
    | 'COMPUTE_ENGINE_BOOT_OPTION_EFI'
    | 'COMPUTE_ENGINE_BOOT_OPTION_BIOS';
  metadata?: Record<string, string>;
  additionalLicenses?: string[];
  hostname?: string;
}

export interface CloneStep {
  adaptingOs?: JsonObject;
  preparingVmDisks?: JsonObject;
  instantiatingMigratedVm?: JsonObject;
  startTime?: Timestamp;
  endTime?: Timestamp;
}

export interface CutoverJob {
  computeEngineTargetDetails?: ComputeEngineTargetDetails;
  createTime?: Timestamp;
  endTime?: Timestamp;
  name?: string;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'PENDING'
    | 'FAILED'
    | 'SUCCEEDED'
    | 'CANCELLED'
    | 'CANCELLING'
    | 'ACTIVE'
    | 'ADAPTING_OS';
  stateTime?: Timestamp;
  progressPercent?: number;
  error?: RpcStatus;
  stateMessage?: string;
  steps?: CutoverStep[];
}

export interface CutoverStep {
  previousReplicationCycle?: ReplicationCycle;
  shuttingDownSourceVm?: JsonObject;
  finalSync?: ReplicationCycle;
  preparingVmDisks?: JsonObject;
  instantiatingMigratedVm?: JsonObject;
  startTime?: Timestamp;
  endTime?: Timestamp;
}
