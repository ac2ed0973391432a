import type { Described } from './described';
import type { Int64, Timestamp } from './proto-json';

/** The events of Backup for GKE. */
export interface GkeBackupEvents {
  'google.cloud.gkebackup.backupPlan.v1.created': Described<{ payload?: BackupPlan }, 'backupplan'>;
  'google.cloud.gkebackup.backupPlan.v1.updated': Described<{ payload?: BackupPlan }, 'backupplan'>;
  'google.cloud.gkebackup.backupPlan.v1.deleted': Described<{ payload?: BackupPlan }, 'backupplan'>;
  'google.cloud.gkebackup.backup.v1.created': Described<
    { payload?: GkeBackupBackup },
    'backupplan' | 'backup'
  >;
  'google.cloud.gkebackup.backup.v1.updated': Described<
    { payload?: GkeBackupBackup },
    'backupplan' | 'backup'
  >;
  'google.cloud.gkebackup.backup.v1.deleted': Described<
    { payload?: GkeBackupBackup },
    'backupplan' | 'backup'
  >;
  'google.cloud.gkebackup.restorePlan.v1.created': Described<
    { payload?: RestorePlan },
    'restoreplan'
  >;
  'google.cloud.gkebackup.restorePlan.v1.updated': Described<
    { payload?: RestorePlan },
    'restoreplan'
  >;
  'google.cloud.gkebackup.restorePlan.v1.deleted': Described<
    { payload?: RestorePlan },
    'restoreplan'
  >;
  'google.cloud.gkebackup.restore.v1.created': Described<
    { payload?: GkeBackupRestore },
    'restoreplan' | 'restore'
  >;
  'google.cloud.gkebackup.restore.v1.updated': Described<
    { payload?: GkeBackupRestore },
    'restoreplan' | 'restore'
  >;
  'google.cloud.gkebackup.restore.v1.deleted': Described<
    { payload?: GkeBackupRestore },
    'restoreplan' | 'restore'
  >;
}

export interface BackupPlan {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  cluster?: string;
  retentionPolicy?: { backupDeleteLockDays?: number; backupRetainDays?: number; locked?: boolean };
  labels?: Record<string, string>;
  backupSchedule?: { cronSchedule?: string; paused?: boolean };
  etag?: string;
  deactivated?: boolean;
  backupConfig?: BackupPlanBackupConfig;
  protectedPodCount?: number;
}

export interface BackupPlanBackupConfig {
  allNamespaces?: boolean;
  selectedNamespaces?: { namespaces?: string[] };
  selectedApplications?: NamespacedNames;
  includeVolumeData?: boolean;
  includeSecrets?: boolean;
  encryptionKey?: { gcpKmsEncryptionKey?: string };
}

export interface NamespacedNames {
  namespacedNames?: { namespace?: string; name?: string }[];
}

export interface GkeBackupBackup {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  manual?: boolean;
  labels?: Record<string, string>;
  deleteLockDays?: number;
  deleteLockExpireTime?: Timestamp;
  retainDays?: number;
  retainExpireTime?: Timestamp;
  encryptionKey?: { gcpKmsEncryptionKey?: string };
  allNamespaces?: boolean;
  selectedNamespaces?: { namespaces?: string[] };
  selectedApplications?: NamespacedNames;
  containsVolumeData?: boolean;
  containsSecrets?: boolean;
  clusterMetadata?: {
    cluster?: string;
    k8sVersion?: string;
    backupCrdVersions?: Record<string, string>;
    gkeVersion?: string;
    anthosVersion?: string;
  };
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'DELETING';
  stateReason?: string;
  completeTime?: Timestamp;
  resourceCount?: number;
  volumeCount?: number;
  sizeBytes?: Int64;
  etag?: string;
  description?: string;
  podCount?: number;
  configBackupSizeBytes?: Int64;
}

export interface RestorePlan {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  backupPlan?: string;
  cluster?: string;
  restoreConfig?: RestoreConfig;
  labels?: Record<string, string>;
  etag?: string;
}

export interface RestoreConfig {
  volumeDataRestorePolicy?:
    | 'VOLUME_DATA_RESTORE_POLICY_UNSPECIFIED'
    | 'RESTORE_VOLUME_DATA_FROM_BACKUP'
    | 'REUSE_VOLUME_HANDLE_FROM_BACKUP'
    | 'NO_VOLUME_DATA_RESTORATION';
  clusterResourceConflictPolicy?:
    | 'CLUSTER_RESOURCE_CONFLICT_POLICY_UNSPECIFIED'
    | 'USE_EXISTING_VERSION'
    | 'USE_BACKUP_VERSION';
  namespacedResourceRestoreMode?:
    | 'NAMESPACED_RESOURCE_RESTORE_MODE_UNSPECIFIED'
    | 'DELETE_AND_RESTORE'
    | 'FAIL_ON_CONFLICT';
  clusterResourceRestoreScope?: RestoreConfigClusterResourceRestoreScope;
  allNamespaces?: boolean;
  selectedNamespaces?: { namespaces?: string[] };
  selectedApplications?: NamespacedNames;
  substitutionRules?: RestoreConfigSubstitutionRule[];
}

export interface RestoreConfigClusterResourceRestoreScope {
  selectedGroupKinds?: RestoreConfigGroupKind[];
}

export interface RestoreConfigGroupKind {
  resourceGroup?: string;
  resourceKind?: string;
}

export interface RestoreConfigSubstitutionRule {
  targetNamespaces?: string[];
  targetGroupKinds?: RestoreConfigGroupKind[];
  targetJsonPath?: string;
  originalValuePattern?: string;
  newValue?: string;
}

export interface GkeBackupRestore {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  backup?: string;
  cluster?: string;
  restoreConfig?: RestoreConfig;
  labels?: Record<string, string>;
  state?: 'STATE_UNSPECIFIED' | 'CREATING' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'DELETING';
  stateReason?: string;
  completeTime?: Timestamp;
  resourcesRestoredCount?: number;
  resourcesExcludedCount?: number;
  resourcesFailedCount?: number;
  volumesRestoredCount?: number;
  etag?: string;
}
