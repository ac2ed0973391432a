import type { Described } from './described';
import type { Duration, Int64, JsonObject, Timestamp } from './proto-json';

/** The events of Cloud Dataplex. */
export interface DataplexEvents {
  'google.cloud.dataplex.dataTaxonomy.v1.created': Described<
    { payload?: DataTaxonomy },
    'datataxonomyid'
  >;
  'google.cloud.dataplex.dataTaxonomy.v1.updated': Described<
    { payload?: DataTaxonomy },
    'datataxonomyid'
  >;
  'google.cloud.dataplex.dataTaxonomy.v1.deleted': Described<
    { payload?: DataTaxonomy },
    'datataxonomyid'
  >;
  'google.cloud.dataplex.dataAttributeBinding.v1.created': Described<
    { payload?: DataAttributeBinding },
    'dataattributebindingid'
  >;
  'google.cloud.dataplex.dataAttributeBinding.v1.updated': Described<
    { payload?: DataAttributeBinding },
    'dataattributebindingid'
  >;
  'google.cloud.dataplex.dataAttributeBinding.v1.deleted': Described<
    { payload?: DataAttributeBinding },
    'dataattributebindingid'
  >;
  'google.cloud.dataplex.dataAttribute.v1.created': Described<
    { payload?: DataAttribute },
    'datataxonomy' | 'dataattributeid'
  >;
  'google.cloud.dataplex.dataAttribute.v1.updated': Described<
    { payload?: DataAttribute },
    'datataxonomy' | 'dataattributeid'
  >;
  'google.cloud.dataplex.dataAttribute.v1.deleted': Described<
    { payload?: DataAttribute },
    'datataxonomy' | 'dataattributeid'
  >;
  'google.cloud.dataplex.dataScan.v1.created': Described<
    { payload?: DataplexDataScan },
    'datascan'
  >;
  'google.cloud.dataplex.dataScan.v1.updated': Described<
    { payload?: DataplexDataScan },
    'datascan'
  >;
  'google.cloud.dataplex.dataScan.v1.deleted': Described<
    { payload?: DataplexDataScan },
    'datascan'
  >;
  'google.cloud.dataplex.lake.v1.created': Described<{ payload?: DataplexLake }, 'lake'>;
  'google.cloud.dataplex.lake.v1.updated': Described<{ payload?: DataplexLake }, 'lake'>;
  'google.cloud.dataplex.lake.v1.deleted': Described<{ payload?: DataplexLake }, 'lake'>;
  'google.cloud.dataplex.zone.v1.created': Described<{ payload?: DataplexZone }, 'lake' | 'zone'>;
  'google.cloud.dataplex.zone.v1.updated': Described<{ payload?: DataplexZone }, 'lake' | 'zone'>;
  'google.cloud.dataplex.zone.v1.deleted': Described<{ payload?: DataplexZone }, 'lake' | 'zone'>;
  'google.cloud.dataplex.asset.v1.created': Described<
    { payload?: DataplexAsset },
    'lake' | 'zone' | 'asset'
  >;
  'google.cloud.dataplex.asset.v1.updated': Described<
    { payload?: DataplexAsset },
    'lake' | 'zone' | 'asset'
  >;
  'google.cloud.dataplex.asset.v1.deleted': Described<
    { payload?: DataplexAsset },
    'lake' | 'zone' | 'asset'
  >;
  'google.cloud.dataplex.task.v1.created': Described<{ payload?: DataplexTask }, 'lake' | 'task'>;
  'google.cloud.dataplex.task.v1.updated': Described<{ payload?: DataplexTask }, 'lake' | 'task'>;
  'google.cloud.dataplex.task.v1.deleted': Described<{ payload?: DataplexTask }, 'lake' | 'task'>;
  'google.cloud.dataplex.environment.v1.created': Described<
    { payload?: DataplexEnvironment },
    'lake' | 'environment'
  >;
  'google.cloud.dataplex.environment.v1.updated': Described<
    { payload?: DataplexEnvironment },
    'lake' | 'environment'
  >;
  'google.cloud.dataplex.environment.v1.deleted': Described<
    { payload?: DataplexEnvironment },
    'lake' | 'environment'
  >;
}

export interface DataTaxonomy {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  displayName?: string;
  labels?: Record<string, string>;
  attributeCount?: number;
  etag?: string;
}

export interface DataAttributeBinding {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  displayName?: string;
  labels?: Record<string, string>;
  etag?: string;
  resource?: string;
  attributes?: string[];
  paths?: { name?: string; attributes?: string[] }[];
}

export interface DataAttribute {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  displayName?: string;
  labels?: Record<string, string>;
  parentId?: string;
  attributeCount?: number;
  etag?: string;
  resourceAccessSpec?: { readers?: string[]; writers?: string[]; owners?: string[] };
  dataAccessSpec?: { readers?: string[] };
}

export interface DataplexDataScan {
  name?: string;
  uid?: string;
  description?: string;
  displayName?: string;
  labels?: Record<string, string>;
  state?: DataplexState;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  data?: { entity?: string };
  executionSpec?: DataScanExecutionSpec;
  executionStatus?: { latestJobStartTime?: Timestamp; latestJobEndTime?: Timestamp };
  type?: 'DATA_SCAN_TYPE_UNSPECIFIED' | 'DATA_QUALITY' | 'DATA_PROFILE';
  dataQualitySpec?: DataQualitySpec;
  dataProfileSpec?: JsonObject;
  dataQualityResult?: DataQualityResult;
  dataProfileResult?: DataProfileResult;
}

export type DataplexState =
  | 'STATE_UNSPECIFIED'
  | 'ACTIVE'
  | 'CREATING'
  | 'DELETING'
  | 'ACTION_REQUIRED';

export interface DataScanExecutionSpec {
  trigger?: DataplexTrigger;
  field?: string;
}

export interface DataplexTrigger {
  onDemand?: JsonObject;
  schedule?: { cron?: string };
}

export interface DataQualitySpec {
  rules?: DataQualityRule[];
}

export interface DataQualityRule {
  rangeExpectation?: {
    minValue?: string;
    maxValue?: string;
    strictMinEnabled?: boolean;
    strictMaxEnabled?: boolean;
  };
  nonNullExpectation?: JsonObject;
  setExpectation?: { values?: string[] };
  regexExpectation?: { regex?: string };
  uniquenessExpectation?: JsonObject;
  statisticRangeExpectation?: DataQualityRuleStatisticRangeExpectation;
  rowConditionExpectation?: { sqlExpression?: string };
  tableConditionExpectation?: { sqlExpression?: string };
  column?: string;
  ignoreNull?: boolean;
  dimension?: string;
  threshold?: number;
}

export interface DataQualityRuleStatisticRangeExpectation {
  statistic?: 'STATISTIC_UNDEFINED' | 'MEAN' | 'MIN' | 'MAX';
  minValue?: string;
  maxValue?: string;
  strictMinEnabled?: boolean;
  strictMaxEnabled?: boolean;
}

export interface DataQualityResult {
  passed?: boolean;
  dimensions?: { passed?: boolean }[];
  rules?: DataQualityRuleResult[];
  rowCount?: Int64;
  scannedData?: ScannedData;
}

export interface DataQualityRuleResult {
  rule?: DataQualityRule;
  passed?: boolean;
  evaluatedCount?: Int64;
  passedCount?: Int64;
  nullCount?: Int64;
  passRatio?: number;
  failingRowsQuery?: string;
}

export interface ScannedData {
  incrementalField?: { field?: string; start?: string; end?: string };
}

export interface DataProfileResult {
  rowCount?: Int64;
  profile?: DataProfileResultProfile;
  scannedData?: ScannedData;
}

export interface DataProfileResultProfile {
  fields?: DataProfileResultProfileField[];
}

export interface DataProfileResultProfileField {
  name?: string;
  type?: string;
  mode?: string;
  profile?: DataProfileResultProfileFieldProfileInfo;
}

export interface DataProfileResultProfileFieldProfileInfo {
  nullRatio?: number;
  distinctRatio?: number;
  topNValues?: { value?: string; count?: Int64 }[];
  stringProfile?: { minLength?: Int64; maxLength?: Int64; averageLength?: number };
  integerProfile?: {
    average?: number;
    standardDeviation?: number;
    min?: Int64;
    quartiles?: Int64[];
    max?: Int64;
  };
  doubleProfile?: {
    average?: number;
    standardDeviation?: number;
    min?: number;
    quartiles?: number[];
    max?: number;
  };
}

export interface DataplexLake {
  name?: string;
  displayName?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  state?: LakeMetastoreStatusState;
  serviceAccount?: string;
  metastore?: { service?: string };
  assetStatus?: AssetStatus;
  metastoreStatus?: LakeMetastoreStatus;
}

export type LakeMetastoreStatusState =
  | 'STATE_UNSPECIFIED'
  | 'NONE'
  | 'READY'
  | 'UPDATING'
  | 'ERROR';

export interface AssetStatus {
  updateTime?: Timestamp;
  activeAssets?: number;
  securityPolicyApplyingAssets?: number;
}

export interface LakeMetastoreStatus {
  state?: LakeMetastoreStatusState;
  message?: string;
  updateTime?: Timestamp;
  endpoint?: string;
}

export interface DataplexZone {
  name?: string;
  displayName?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  state?: DataplexState;
  type?: 'TYPE_UNSPECIFIED' | 'RAW' | 'CURATED';
  discoverySpec?: ZoneDiscoverySpec;
  resourceSpec?: { locationType?: 'LOCATION_TYPE_UNSPECIFIED' | 'SINGLE_REGION' | 'MULTI_REGION' };
  assetStatus?: AssetStatus;
}

export interface ZoneDiscoverySpec {
  enabled?: boolean;
  includePatterns?: string[];
  excludePatterns?: string[];
  csvOptions?: {
    headerRows?: number;
    delimiter?: string;
    encoding?: string;
    disableTypeInference?: boolean;
  };
  jsonOptions?: { encoding?: string; disableTypeInference?: boolean };
  schedule?: string;
}

export interface DataplexAsset {
  name?: string;
  displayName?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  state?: AssetSecurityStatusState;
  resourceSpec?: {
    name?: string;
    type?: 'TYPE_UNSPECIFIED' | 'STORAGE_BUCKET' | 'BIGQUERY_DATASET';
    readAccessMode?: 'ACCESS_MODE_UNSPECIFIED' | 'DIRECT' | 'MANAGED';
  };
  resourceStatus?: {
    state?: 'STATE_UNSPECIFIED' | 'READY' | 'ERROR';
    message?: string;
    updateTime?: Timestamp;
    managedAccessIdentity?: string;
  };
  securityStatus?: AssetSecurityStatus;
  discoverySpec?: AssetDiscoverySpec;
  discoveryStatus?: AssetDiscoveryStatus;
}

export type AssetSecurityStatusState = 'STATE_UNSPECIFIED' | 'READY' | 'APPLYING' | 'ERROR';

export interface AssetSecurityStatus {
  state?: AssetSecurityStatusState;
  message?: string;
  updateTime?: Timestamp;
}

export interface AssetDiscoverySpec {
  enabled?: boolean;
  includePatterns?: string[];
  excludePatterns?: string[];
  csvOptions?: {
    headerRows?: number;
    delimiter?: string;
    encoding?: string;
    disableTypeInference?: boolean;
  };
  jsonOptions?: { encoding?: string; disableTypeInference?: boolean };
  schedule?: string;
}

export interface AssetDiscoveryStatus {
  state?: 'STATE_UNSPECIFIED' | 'SCHEDULED' | 'IN_PROGRESS' | 'PAUSED' | 'DISABLED';
  message?: string;
  updateTime?: Timestamp;
  lastRunTime?: Timestamp;
  stats?: { dataItems?: Int64; dataSize?: Int64; tables?: Int64; filesets?: Int64 };
  lastRunDuration?: Duration;
}

export interface DataplexTask {
  name?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  description?: string;
  displayName?: string;
  state?: DataplexState;
  labels?: Record<string, string>;
  triggerSpec?: {
    type?: 'TYPE_UNSPECIFIED' | 'ON_DEMAND' | 'RECURRING';
    startTime?: Timestamp;
    disabled?: boolean;
    maxRetries?: number;
    schedule?: string;
  };
  executionSpec?: {
    args?: Record<string, string>;
    serviceAccount?: string;
    project?: string;
    maxJobExecutionLifetime?: Duration;
    kmsKey?: string;
  };
  executionStatus?: TaskExecutionStatus;
  spark?: TaskSparkTaskConfig;
  notebook?: TaskNotebookTaskConfig;
}

export interface TaskExecutionStatus {
  updateTime?: Timestamp;
  latestJob?: DataplexJob;
}

export interface DataplexJob {
  name?: string;
  uid?: string;
  startTime?: Timestamp;
  endTime?: Timestamp;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'RUNNING'
    | 'CANCELLING'
    | 'CANCELLED'
    | 'SUCCEEDED'
    | 'FAILED'
    | 'ABORTED';
  retryCount?: number;
  service?: 'SERVICE_UNSPECIFIED' | 'DATAPROC';
  serviceJob?: string;
  message?: string;
}

export interface TaskSparkTaskConfig {
  mainJarFileUri?: string;
  mainClass?: string;
  pythonScriptFile?: string;
  sqlScriptFile?: string;
  sqlScript?: string;
  fileUris?: string[];
  archiveUris?: string[];
  infrastructureSpec?: TaskInfrastructureSpec;
}

export interface TaskInfrastructureSpec {
  batch?: { executorsCount?: number; maxExecutorsCount?: number };
  containerImage?: {
    image?: string;
    javaJars?: string[];
    pythonPackages?: string[];
    properties?: Record<string, string>;
  };
  vpcNetwork?: { network?: string; subNetwork?: string; networkTags?: string[] };
}

export interface TaskNotebookTaskConfig {
  notebook?: string;
  infrastructureSpec?: TaskInfrastructureSpec;
  fileUris?: string[];
  archiveUris?: string[];
}

export interface DataplexEnvironment {
  name?: string;
  displayName?: string;
  uid?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  description?: string;
  state?: DataplexState;
  infrastructureSpec?: EnvironmentInfrastructureSpec;
  sessionSpec?: { maxIdleDuration?: Duration; enableFastStartup?: boolean };
  sessionStatus?: { active?: boolean };
  endpoints?: { notebooks?: string; sql?: string };
}

export interface EnvironmentInfrastructureSpec {
  compute?: { diskSizeGb?: number; nodeCount?: number; maxNodeCount?: number };
  osImage?: {
    imageVersion?: string;
    javaLibraries?: string[];
    pythonPackages?: string[];
    properties?: Record<string, string>;
  };
}
