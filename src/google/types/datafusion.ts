import type { Described } from './described';
import type { Timestamp } from './proto-json';

/** The events of Cloud Data Fusion. */
export interface DataFusionEvents {
  'google.cloud.datafusion.instance.v1.created': Described<
    { payload?: DataFusionInstance },
    'instance'
  >;
  'google.cloud.datafusion.instance.v1.deleted': Described<
    { payload?: DataFusionInstance },
    'instance'
  >;
  'google.cloud.datafusion.instance.v1.updated': Described<
    { payload?: DataFusionInstance },
    'instance'
  >;
  'google.cloud.datafusion.dnsPeering.v1.created': Described<
    {
      payload?: {
        name?: string;
        domain?: string;
        description?: string;
        targetProject?: string;
        targetNetwork?: string;
      };
    },
    'instance' | 'dnspeering'
  >;
  'google.cloud.datafusion.dnsPeering.v1.deleted': Described<
    {
      payload?: {
        name?: string;
        domain?: string;
        description?: string;
        targetProject?: string;
        targetNetwork?: string;
      };
    },
    'instance' | 'dnspeering'
  >;
}

export interface DataFusionInstance {
  name?: string;
  description?: string;
  type?: 'TYPE_UNSPECIFIED' | 'BASIC' | 'ENTERPRISE' | 'DEVELOPER';
  enableStackdriverLogging?: boolean;
  enableStackdriverMonitoring?: boolean;
  privateInstance?: boolean;
  networkConfig?: { network?: string; ipAllocation?: string };
  labels?: Record<string, string>;
  options?: Record<string, string>;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'CREATING'
    | 'ACTIVE'
    | 'FAILED'
    | 'DELETING'
    | 'UPGRADING'
    | 'RESTARTING'
    | 'UPDATING'
    | 'AUTO_UPDATING'
    | 'AUTO_UPGRADING'
    | 'DISABLED';
  stateMessage?: string;
  serviceEndpoint?: string;
  zone?: string;
  version?: string;
  serviceAccount?: string;
  displayName?: string;
  availableVersion?: {
    versionNumber?: string;
    defaultVersion?: boolean;
    availableFeatures?: string[];
    type?: 'TYPE_UNSPECIFIED' | 'TYPE_PREVIEW' | 'TYPE_GENERAL_AVAILABILITY';
  }[];
  apiEndpoint?: string;
  gcsBucket?: string;
  accelerators?: Accelerator[];
  p4ServiceAccount?: string;
  tenantProjectId?: string;
  dataprocServiceAccount?: string;
  enableRbac?: boolean;
  cryptoKeyConfig?: { keyReference?: string };
  disabledReason?: ('DISABLED_REASON_UNSPECIFIED' | 'KMS_KEY_ISSUE')[];
  eventPublishConfig?: { enabled?: boolean; topic?: string };
  enableZoneSeparation?: boolean;
}

export interface Accelerator {
  acceleratorType?: 'ACCELERATOR_TYPE_UNSPECIFIED' | 'CDC' | 'HEALTHCARE' | 'CCAI_INSIGHTS';
  state?: 'STATE_UNSPECIFIED' | 'ENABLED' | 'DISABLED' | 'UNKNOWN';
}
