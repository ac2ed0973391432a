import type { Described } from './described';
import type { Duration, Int64, JsonObject, Timestamp } from './proto-json';

/** The events of Cloud Deploy. */
export interface DeployEvents {
  'google.cloud.deploy.deliveryPipeline.v1.created': Described<
    { payload?: DeliveryPipeline },
    'deliverypipeline'
  >;
  'google.cloud.deploy.deliveryPipeline.v1.updated': Described<
    { payload?: DeliveryPipeline },
    'deliverypipeline'
  >;
  'google.cloud.deploy.deliveryPipeline.v1.deleted': Described<
    { payload?: DeliveryPipeline },
    'deliverypipeline'
  >;
  'google.cloud.deploy.target.v1.created': Described<{ payload?: DeployTarget }, 'target'>;
  'google.cloud.deploy.target.v1.updated': Described<{ payload?: DeployTarget }, 'target'>;
  'google.cloud.deploy.target.v1.deleted': Described<{ payload?: DeployTarget }, 'target'>;
  'google.cloud.deploy.customTargetType.v1.created': Described<
    { payload?: CustomTargetType },
    'customtargettype'
  >;
  'google.cloud.deploy.customTargetType.v1.updated': Described<
    { payload?: CustomTargetType },
    'customtargettype'
  >;
  'google.cloud.deploy.customTargetType.v1.deleted': Described<
    { payload?: CustomTargetType },
    'customtargettype'
  >;
  'google.cloud.deploy.release.v1.created': Described<
    { payload?: DeployRelease },
    'deliverypipeline' | 'release'
  >;
  'google.cloud.deploy.rollout.v1.created': Described<
    { payload?: DeployRollout },
    'deliverypipeline' | 'release' | 'rollout'
  >;
  'google.cloud.deploy.automation.v1.created': Described<
    { payload?: Automation },
    'automation' | 'deliverypipeline'
  >;
  'google.cloud.deploy.automation.v1.updated': Described<
    { payload?: Automation },
    'automation' | 'deliverypipeline'
  >;
  'google.cloud.deploy.automation.v1.deleted': Described<
    { payload?: Automation },
    'automation' | 'deliverypipeline'
  >;
}

export interface DeliveryPipeline {
  name?: string;
  uid?: string;
  description?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  serialPipeline?: SerialPipeline;
  condition?: PipelineCondition;
  etag?: string;
  suspended?: boolean;
}

export interface SerialPipeline {
  stages?: DeployStage[];
}

export interface DeployStage {
  targetId?: string;
  profiles?: string[];
  strategy?: DeployStrategy;
  deployParameters?: {
    values?: Record<string, string>;
    matchTargetLabels?: Record<string, string>;
  }[];
}

export interface DeployStrategy {
  standard?: DeployStandard;
  canary?: DeployCanary;
}

export interface DeployStandard {
  verify?: boolean;
  predeploy?: { actions?: string[] };
  postdeploy?: { actions?: string[] };
}

export interface DeployCanary {
  runtimeConfig?: RuntimeConfig;
  canaryDeployment?: CanaryDeployment;
  customCanaryDeployment?: CustomCanaryDeployment;
}

export interface RuntimeConfig {
  kubernetes?: KubernetesConfig;
  cloudRun?: {
    automaticTrafficControl?: boolean;
    canaryRevisionTags?: string[];
    priorRevisionTags?: string[];
    stableRevisionTags?: string[];
  };
}

export interface KubernetesConfig {
  gatewayServiceMesh?: {
    httpRoute?: string;
    service?: string;
    deployment?: string;
    routeUpdateWaitTime?: Duration;
    stableCutbackDuration?: Duration;
  };
  serviceNetworking?: {
    service?: string;
    deployment?: string;
    disablePodOverprovisioning?: boolean;
  };
}

export interface CanaryDeployment {
  percentages?: number[];
  verify?: boolean;
  predeploy?: { actions?: string[] };
  postdeploy?: { actions?: string[] };
}

export interface CustomCanaryDeployment {
  phaseConfigs?: CustomCanaryDeploymentPhaseConfig[];
}

export interface CustomCanaryDeploymentPhaseConfig {
  phaseId?: string;
  percentage?: number;
  profiles?: string[];
  verify?: boolean;
  predeploy?: { actions?: string[] };
  postdeploy?: { actions?: string[] };
}

export interface PipelineCondition {
  pipelineReadyCondition?: { status?: boolean; updateTime?: Timestamp };
  targetsPresentCondition?: TargetsPresentCondition;
  targetsTypeCondition?: { status?: boolean; errorDetails?: string };
}

export interface TargetsPresentCondition {
  status?: boolean;
  missingTargets?: string[];
  updateTime?: Timestamp;
}

export interface DeployTarget {
  name?: string;
  targetId?: string;
  uid?: string;
  description?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  requireApproval?: boolean;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  gke?: { cluster?: string; internalIp?: boolean };
  anthosCluster?: { membership?: string };
  run?: { location?: string };
  multiTarget?: { targetIds?: string[] };
  customTarget?: { customTargetType?: string };
  etag?: string;
  executionConfigs?: ExecutionConfig[];
  deployParameters?: Record<string, string>;
}

export interface ExecutionConfig {
  usages?: (
    | 'EXECUTION_ENVIRONMENT_USAGE_UNSPECIFIED'
    | 'RENDER'
    | 'DEPLOY'
    | 'VERIFY'
    | 'PREDEPLOY'
    | 'POSTDEPLOY'
  )[];
  defaultPool?: { serviceAccount?: string; artifactStorage?: string };
  privatePool?: { workerPool?: string; serviceAccount?: string; artifactStorage?: string };
  workerPool?: string;
  serviceAccount?: string;
  artifactStorage?: string;
  executionTimeout?: Duration;
}

export interface CustomTargetType {
  name?: string;
  customTargetTypeId?: string;
  uid?: string;
  description?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  etag?: string;
  customActions?: CustomTargetSkaffoldActions;
}

export interface CustomTargetSkaffoldActions {
  renderAction?: string;
  deployAction?: string;
  includeSkaffoldModules?: SkaffoldModules[];
}

export interface SkaffoldModules {
  configs?: string[];
  git?: { repo?: string; path?: string; ref?: string };
  googleCloudStorage?: { source?: string; path?: string };
}

export interface DeployRelease {
  name?: string;
  uid?: string;
  description?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  abandoned?: boolean;
  createTime?: Timestamp;
  renderStartTime?: Timestamp;
  renderEndTime?: Timestamp;
  skaffoldConfigUri?: string;
  skaffoldConfigPath?: string;
  buildArtifacts?: { image?: string; tag?: string }[];
  deliveryPipelineSnapshot?: DeliveryPipeline;
  targetSnapshots?: DeployTarget[];
  customTargetTypeSnapshots?: CustomTargetType[];
  renderState?: 'RENDER_STATE_UNSPECIFIED' | 'SUCCEEDED' | 'FAILED' | 'IN_PROGRESS';
  etag?: string;
  skaffoldVersion?: string;
  targetArtifacts?: Record<string, TargetArtifact>;
  targetRenders?: Record<string, ReleaseTargetRender>;
  condition?: ReleaseReleaseCondition;
  deployParameters?: Record<string, string>;
}

export interface TargetArtifact {
  artifactUri?: string;
  skaffoldConfigPath?: string;
  manifestPath?: string;
  phaseArtifacts?: Record<
    string,
    { skaffoldConfigPath?: string; manifestPath?: string; jobManifestsPath?: string }
  >;
}

export interface ReleaseTargetRender {
  renderingBuild?: string;
  renderingState?: 'TARGET_RENDER_STATE_UNSPECIFIED' | 'SUCCEEDED' | 'FAILED' | 'IN_PROGRESS';
  metadata?: RenderMetadata;
  failureCause?:
    | 'FAILURE_CAUSE_UNSPECIFIED'
    | 'CLOUD_BUILD_UNAVAILABLE'
    | 'EXECUTION_FAILED'
    | 'CLOUD_BUILD_REQUEST_FAILED'
    | 'VERIFICATION_CONFIG_NOT_FOUND'
    | 'CUSTOM_ACTION_NOT_FOUND'
    | 'DEPLOYMENT_STRATEGY_NOT_SUPPORTED'
    | 'RENDER_FEATURE_NOT_SUPPORTED';
  failureMessage?: string;
}

export interface RenderMetadata {
  cloudRun?: { service?: string };
  custom?: { values?: Record<string, string> };
}

export interface ReleaseReleaseCondition {
  releaseReadyCondition?: { status?: boolean };
  skaffoldSupportedCondition?: ReleaseSkaffoldSupportedCondition;
}

export interface ReleaseSkaffoldSupportedCondition {
  status?: boolean;
  skaffoldSupportState?:
    | 'SKAFFOLD_SUPPORT_STATE_UNSPECIFIED'
    | 'SKAFFOLD_SUPPORT_STATE_SUPPORTED'
    | 'SKAFFOLD_SUPPORT_STATE_MAINTENANCE_MODE'
    | 'SKAFFOLD_SUPPORT_STATE_UNSUPPORTED';
  maintenanceModeTime?: Timestamp;
  supportExpirationTime?: Timestamp;
}

export interface DeployRollout {
  name?: string;
  uid?: string;
  description?: string;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  createTime?: Timestamp;
  approveTime?: Timestamp;
  enqueueTime?: Timestamp;
  deployStartTime?: Timestamp;
  deployEndTime?: Timestamp;
  targetId?: string;
  approvalState?:
    | 'APPROVAL_STATE_UNSPECIFIED'
    | 'NEEDS_APPROVAL'
    | 'DOES_NOT_NEED_APPROVAL'
    | 'APPROVED'
    | 'REJECTED';
  state?:
    | 'STATE_UNSPECIFIED'
    | 'SUCCEEDED'
    | 'FAILED'
    | 'IN_PROGRESS'
    | 'PENDING_APPROVAL'
    | 'APPROVAL_REJECTED'
    | 'PENDING'
    | 'PENDING_RELEASE'
    | 'CANCELLING'
    | 'CANCELLED'
    | 'HALTED';
  failureReason?: string;
  deployingBuild?: string;
  etag?: string;
  deployFailureCause?:
    | 'FAILURE_CAUSE_UNSPECIFIED'
    | 'CLOUD_BUILD_UNAVAILABLE'
    | 'EXECUTION_FAILED'
    | 'DEADLINE_EXCEEDED'
    | 'RELEASE_FAILED'
    | 'RELEASE_ABANDONED'
    | 'VERIFICATION_CONFIG_NOT_FOUND'
    | 'CLOUD_BUILD_REQUEST_FAILED'
    | 'OPERATION_FEATURE_NOT_SUPPORTED';
  phases?: DeployPhase[];
  metadata?: DeployMetadata;
  controllerRollout?: string;
  rollbackOfRollout?: string;
  rolledBackByRollouts?: string[];
}

export interface DeployPhase {
  id?: string;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'PENDING'
    | 'IN_PROGRESS'
    | 'SUCCEEDED'
    | 'FAILED'
    | 'ABORTED'
    | 'SKIPPED';
  skipMessage?: string;
  deploymentJobs?: DeploymentJobs;
  childRolloutJobs?: ChildRolloutJobs;
}

export interface DeploymentJobs {
  deployJob?: DeployJob;
  verifyJob?: DeployJob;
  predeployJob?: DeployJob;
  postdeployJob?: DeployJob;
}

export interface DeployJob {
  id?: string;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'PENDING'
    | 'DISABLED'
    | 'IN_PROGRESS'
    | 'SUCCEEDED'
    | 'FAILED'
    | 'ABORTED'
    | 'SKIPPED'
    | 'IGNORED';
  skipMessage?: string;
  jobRun?: string;
  deployJob?: JsonObject;
  verifyJob?: JsonObject;
  predeployJob?: { actions?: string[] };
  postdeployJob?: { actions?: string[] };
  createChildRolloutJob?: JsonObject;
  advanceChildRolloutJob?: JsonObject;
}

export interface ChildRolloutJobs {
  createRolloutJobs?: DeployJob[];
  advanceRolloutJobs?: DeployJob[];
}

export interface DeployMetadata {
  cloudRun?: { service?: string; serviceUrls?: string[]; revision?: string; job?: string };
  automation?: {
    promoteAutomationRun?: string;
    advanceAutomationRuns?: string[];
    repairAutomationRuns?: string[];
    currentRepairAutomationRun?: string;
  };
  custom?: { values?: Record<string, string> };
}

export interface Automation {
  name?: string;
  uid?: string;
  description?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  etag?: string;
  suspended?: boolean;
  serviceAccount?: string;
  selector?: AutomationResourceSelector;
  rules?: AutomationRule[];
}

export interface AutomationResourceSelector {
  targets?: { id?: string; labels?: Record<string, string> }[];
}

export interface AutomationRule {
  promoteReleaseRule?: PromoteReleaseRule;
  advanceRolloutRule?: AdvanceRolloutRule;
  repairRolloutRule?: RepairRolloutRule;
}

export interface PromoteReleaseRule {
  id?: string;
  wait?: Duration;
  destinationTargetId?: string;
  condition?: AutomationRuleCondition;
  destinationPhase?: string;
}

export interface AutomationRuleCondition {
  targetsPresentCondition?: TargetsPresentCondition;
}

export interface AdvanceRolloutRule {
  id?: string;
  sourcePhases?: string[];
  wait?: Duration;
  condition?: AutomationRuleCondition;
}

export interface RepairRolloutRule {
  id?: string;
  sourcePhases?: string[];
  jobs?: string[];
  repairModes?: RepairMode[];
  condition?: AutomationRuleCondition;
}

export interface RepairMode {
  retry?: {
    attempts?: Int64;
    wait?: Duration;
    backoffMode?: 'BACKOFF_MODE_UNSPECIFIED' | 'BACKOFF_MODE_LINEAR' | 'BACKOFF_MODE_EXPONENTIAL';
  };
  rollback?: { destinationPhase?: string };
}
