import type { Described } from './described';
import type { Bytes, Duration, Int64, JsonObject, Timestamp } from './proto-json';

/** The events of Vision AI. */
export interface VisionAiEvents {
  'google.cloud.visionai.analysis.v1.created': Described<
    { payload?: VisionAiAnalysis },
    'cluster' | 'analysis'
  >;
  'google.cloud.visionai.analysis.v1.updated': Described<
    { payload?: VisionAiAnalysis },
    'cluster' | 'analysis'
  >;
  'google.cloud.visionai.analysis.v1.deleted': Described<
    { payload?: VisionAiAnalysis },
    'cluster' | 'analysis'
  >;
  'google.cloud.visionai.process.v1.created': Described<
    { payload?: VisionAiProcess },
    'cluster' | 'process'
  >;
  'google.cloud.visionai.process.v1.updated': Described<
    { payload?: VisionAiProcess },
    'cluster' | 'process'
  >;
  'google.cloud.visionai.process.v1.deleted': Described<
    { payload?: VisionAiProcess },
    'cluster' | 'process'
  >;
  'google.cloud.visionai.application.v1.created': Described<
    { payload?: Application },
    'application'
  >;
  'google.cloud.visionai.application.v1.updated': Described<
    { payload?: Application },
    'application'
  >;
  'google.cloud.visionai.application.v1.deleted': Described<
    { payload?: Application },
    'application'
  >;
  'google.cloud.visionai.draft.v1.created': Described<
    { payload?: VisionAiDraft },
    'application' | 'draft'
  >;
  'google.cloud.visionai.draft.v1.updated': Described<
    { payload?: VisionAiDraft },
    'application' | 'draft'
  >;
  'google.cloud.visionai.draft.v1.deleted': Described<
    { payload?: VisionAiDraft },
    'application' | 'draft'
  >;
  'google.cloud.visionai.processor.v1.created': Described<{ payload?: Processor }, 'processor'>;
  'google.cloud.visionai.processor.v1.updated': Described<{ payload?: Processor }, 'processor'>;
  'google.cloud.visionai.processor.v1.deleted': Described<{ payload?: Processor }, 'processor'>;
  'google.cloud.visionai.cluster.v1.created': Described<{ payload?: VisionAiCluster }, 'cluster'>;
  'google.cloud.visionai.cluster.v1.updated': Described<{ payload?: VisionAiCluster }, 'cluster'>;
  'google.cloud.visionai.cluster.v1.deleted': Described<{ payload?: VisionAiCluster }, 'cluster'>;
  'google.cloud.visionai.stream.v1.created': Described<
    { payload?: VisionAiStream },
    'cluster' | 'stream'
  >;
  'google.cloud.visionai.stream.v1.updated': Described<
    { payload?: VisionAiStream },
    'cluster' | 'stream'
  >;
  'google.cloud.visionai.stream.v1.deleted': Described<
    { payload?: VisionAiStream },
    'cluster' | 'stream'
  >;
  'google.cloud.visionai.event.v1.created': Described<
    { payload?: VisionAiEvent },
    'cluster' | 'event'
  >;
  'google.cloud.visionai.event.v1.updated': Described<
    { payload?: VisionAiEvent },
    'cluster' | 'event'
  >;
  'google.cloud.visionai.event.v1.deleted': Described<
    { payload?: VisionAiEvent },
    'cluster' | 'event'
  >;
  'google.cloud.visionai.series.v1.created': Described<
    { payload?: VisionAiSeries },
    'cluster' | 'series'
  >;
  'google.cloud.visionai.series.v1.updated': Described<
    { payload?: VisionAiSeries },
    'cluster' | 'series'
  >;
  'google.cloud.visionai.series.v1.deleted': Described<
    { payload?: VisionAiSeries },
    'cluster' | 'series'
  >;
}

export interface VisionAiAnalysis {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  analysisDefinition?: AnalysisDefinition;
  inputStreamsMapping?: Record<string, string>;
  outputStreamsMapping?: Record<string, string>;
  disableEventWatch?: boolean;
}

export interface AnalysisDefinition {
  analyzers?: AnalyzerDefinition[];
}

export interface AnalyzerDefinition {
  analyzer?: string;
  operator?: string;
  inputs?: { input?: string }[];
  attrs?: Record<string, { i?: Int64; f?: number; b?: boolean; s?: Bytes }>;
  debugOptions?: { environmentVariables?: Record<string, string> };
}

export interface VisionAiProcess {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  analysis?: string;
  attributeOverrides?: string[];
  runStatus?: RunStatus;
  runMode?: 'RUN_MODE_UNSPECIFIED' | 'LIVE' | 'SUBMISSION';
  eventId?: string;
  batchId?: string;
  retryCount?: number;
}

export interface RunStatus {
  state?: 'STATE_UNSPECIFIED' | 'INITIALIZING' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'PENDING';
  reason?: string;
}

export interface Application {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  description?: string;
  applicationConfigs?: ApplicationConfigs;
  runtimeInfo?: ApplicationApplicationRuntimeInfo;
  state?:
    | 'STATE_UNSPECIFIED'
    | 'CREATED'
    | 'DEPLOYING'
    | 'DEPLOYED'
    | 'UNDEPLOYING'
    | 'DELETED'
    | 'ERROR'
    | 'CREATING'
    | 'UPDATING'
    | 'DELETING'
    | 'FIXING';
  billingMode?: 'BILLING_MODE_UNSPECIFIED' | 'PAYG' | 'MONTHLY';
}

export interface ApplicationConfigs {
  nodes?: VisionAiNode[];
}

export interface VisionAiNode {
  outputAllOutputChannelsToStream?: boolean;
  name?: string;
  displayName?: string;
  nodeConfig?: ProcessorConfig;
  processor?: string;
  parents?: { parentNode?: string; parentOutputChannel?: string; connectedInputChannel?: string }[];
}

export interface ProcessorConfig {
  videoStreamInputConfig?: VideoStreamInputConfig;
  aiEnabledDevicesInputConfig?: JsonObject;
  mediaWarehouseConfig?: { corpus?: string; region?: string; ttl?: Duration };
  personBlurConfig?: {
    personBlurType?: 'PERSON_BLUR_TYPE_UNSPECIFIED' | 'FULL_OCCULUSION' | 'BLUR_FILTER';
    facesOnly?: boolean;
  };
  occupancyCountConfig?: {
    enablePeopleCounting?: boolean;
    enableVehicleCounting?: boolean;
    enableDwellingTimeTracking?: boolean;
  };
  personVehicleDetectionConfig?: {
    enablePeopleCounting?: boolean;
    enableVehicleCounting?: boolean;
  };
  vertexAutomlVisionConfig?: { confidenceThreshold?: number; maxPredictions?: number };
  vertexAutomlVideoConfig?: {
    confidenceThreshold?: number;
    blockedLabels?: string[];
    maxPredictions?: number;
    boundingBoxSizeLimit?: number;
  };
  vertexCustomConfig?: VertexCustomConfig;
  generalObjectDetectionConfig?: JsonObject;
  bigQueryConfig?: {
    table?: string;
    cloudFunctionMapping?: Record<string, string>;
    createDefaultTableIfNotExists?: boolean;
  };
  personalProtectiveEquipmentDetectionConfig?: {
    enableFaceCoverageDetection?: boolean;
    enableHeadCoverageDetection?: boolean;
    enableHandsCoverageDetection?: boolean;
  };
}

export interface VideoStreamInputConfig {
  streams?: string[];
  streamsWithAnnotation?: StreamWithAnnotation[];
}

export interface StreamWithAnnotation {
  stream?: string;
  applicationAnnotations?: StreamAnnotation[];
  nodeAnnotations?: StreamWithAnnotationNodeAnnotation[];
}

export interface StreamAnnotation {
  activeZone?: NormalizedPolygon;
  crossingLine?: NormalizedPolyline;
  id?: string;
  displayName?: string;
  sourceStream?: string;
  type?:
    | 'STREAM_ANNOTATION_TYPE_UNSPECIFIED'
    | 'STREAM_ANNOTATION_TYPE_ACTIVE_ZONE'
    | 'STREAM_ANNOTATION_TYPE_CROSSING_LINE';
}

export interface NormalizedPolygon {
  normalizedVertices?: NormalizedVertex[];
}

export interface NormalizedVertex {
  x?: number;
  y?: number;
}

export interface NormalizedPolyline {
  normalizedVertices?: NormalizedVertex[];
}

export interface StreamWithAnnotationNodeAnnotation {
  node?: string;
  annotations?: StreamAnnotation[];
}

export interface VertexCustomConfig {
  maxPredictionFps?: number;
  dedicatedResources?: DedicatedResources;
  postProcessingCloudFunction?: string;
  attachApplicationMetadata?: boolean;
}

export interface DedicatedResources {
  machineSpec?: MachineSpec;
  minReplicaCount?: number;
  maxReplicaCount?: number;
  autoscalingMetricSpecs?: { metricName?: string; target?: number }[];
}

export interface MachineSpec {
  machineType?: string;
  acceleratorType?:
    | 'ACCELERATOR_TYPE_UNSPECIFIED'
    | 'NVIDIA_TESLA_K80'
    | 'NVIDIA_TESLA_P100'
    | 'NVIDIA_TESLA_V100'
    | 'NVIDIA_TESLA_P4'
    | 'NVIDIA_TESLA_T4'
    | 'NVIDIA_TESLA_A100'
    | 'TPU_V2'
    | 'TPU_V3';
  acceleratorCount?: number;
}

export interface ApplicationApplicationRuntimeInfo {
  deployTime?: Timestamp;
  globalOutputResources?: { outputResource?: string; producerNode?: string; key?: string }[];
  monitoringConfig?: { enabled?: boolean };
}

export interface VisionAiDraft {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  description?: string;
  draftApplicationConfigs?: ApplicationConfigs;
}

export interface Processor {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  displayName?: string;
  description?: string;
  processorType?: 'PROCESSOR_TYPE_UNSPECIFIED' | 'PRETRAINED' | 'CUSTOM' | 'CONNECTOR';
  modelType?:
    | 'MODEL_TYPE_UNSPECIFIED'
    | 'IMAGE_CLASSIFICATION'
    | 'OBJECT_DETECTION'
    | 'VIDEO_CLASSIFICATION'
    | 'VIDEO_OBJECT_TRACKING'
    | 'VIDEO_ACTION_RECOGNITION'
    | 'OCCUPANCY_COUNTING'
    | 'PERSON_BLUR'
    | 'VERTEX_CUSTOM';
  customProcessorSourceInfo?: CustomProcessorSourceInfo;
  state?: 'PROCESSOR_STATE_UNSPECIFIED' | 'CREATING' | 'ACTIVE' | 'DELETING' | 'FAILED';
  processorIoSpec?: ProcessorIOSpec;
  configurationTypeurl?: string;
  supportedAnnotationTypes?: (
    | 'STREAM_ANNOTATION_TYPE_UNSPECIFIED'
    | 'STREAM_ANNOTATION_TYPE_ACTIVE_ZONE'
    | 'STREAM_ANNOTATION_TYPE_CROSSING_LINE'
  )[];
  supportsPostProcessing?: boolean;
}

export interface CustomProcessorSourceInfo {
  vertexModel?: string;
  sourceType?: 'SOURCE_TYPE_UNSPECIFIED' | 'VERTEX_AUTOML' | 'VERTEX_CUSTOM' | 'PRODUCT_RECOGNIZER';
  additionalInfo?: Record<string, string>;
  modelSchema?: CustomProcessorSourceInfoModelSchema;
}

export interface CustomProcessorSourceInfoModelSchema {
  instancesSchema?: { uris?: string[] };
  parametersSchema?: { uris?: string[] };
  predictionsSchema?: { uris?: string[] };
}

export interface ProcessorIOSpec {
  graphInputChannelSpecs?: ProcessorIOSpecGraphInputChannelSpec[];
  graphOutputChannelSpecs?: ProcessorIOSpecGraphOutputChannelSpec[];
  instanceResourceInputBindingSpecs?: {
    configTypeUri?: string;
    resourceTypeUri?: string;
    name?: string;
  }[];
  instanceResourceOutputBindingSpecs?: {
    name?: string;
    resourceTypeUri?: string;
    explicit?: boolean;
  }[];
}

export interface ProcessorIOSpecGraphInputChannelSpec {
  name?: string;
  dataType?: VisionAiDataType;
  acceptedDataTypeUris?: string[];
  required?: boolean;
  maxConnectionAllowed?: Int64;
}

export type VisionAiDataType = 'DATA_TYPE_UNSPECIFIED' | 'VIDEO' | 'IMAGE' | 'PROTO';

export interface ProcessorIOSpecGraphOutputChannelSpec {
  name?: string;
  dataType?: VisionAiDataType;
  dataTypeUri?: string;
}

export interface VisionAiCluster {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  dataplaneServiceEndpoint?: string;
  state?: 'STATE_UNSPECIFIED' | 'PROVISIONING' | 'RUNNING' | 'STOPPING' | 'ERROR';
  pscTarget?: string;
}

export interface VisionAiStream {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  displayName?: string;
  enableHlsPlayback?: boolean;
  mediaWarehouseAsset?: string;
}

export interface VisionAiEvent {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  alignmentClock?: 'CLOCK_UNSPECIFIED' | 'CAPTURE' | 'INGEST';
  gracePeriod?: Duration;
}

export interface VisionAiSeries {
  name?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  stream?: string;
  event?: string;
}
