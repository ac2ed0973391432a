import type { RpcStatus } from './common';
import type { Described } from './described';
import type { Duration, Timestamp } from './proto-json';

/** The events of Transcoder. */
export interface TranscoderEvents {
  'google.cloud.video.transcoder.job.v1.created': Described<{ payload?: TranscoderJob }, 'job'>;
  'google.cloud.video.transcoder.job.v1.deleted': Described<{ payload?: TranscoderJob }, 'job'>;
  'google.cloud.video.transcoder.jobTemplate.v1.created': Described<
    { payload?: JobTemplate },
    'jobtemplate'
  >;
  'google.cloud.video.transcoder.jobTemplate.v1.deleted': Described<
    { payload?: JobTemplate },
    'jobtemplate'
  >;
}

export interface TranscoderJob {
  name?: string;
  config?: JobConfig;
  state?: 'PROCESSING_STATE_UNSPECIFIED' | 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  createTime?: Timestamp;
  startTime?: Timestamp;
  endTime?: Timestamp;
  ttlAfterCompletionDays?: number;
  labels?: Record<string, string>;
  error?: RpcStatus;
  mode?: 'PROCESSING_MODE_UNSPECIFIED' | 'PROCESSING_MODE_INTERACTIVE' | 'PROCESSING_MODE_BATCH';
}

export interface JobConfig {
  inputs?: TranscoderInput[];
  editList?: {
    key?: string;
    inputs?: string[];
    endTimeOffset?: Duration;
    startTimeOffset?: Duration;
  }[];
  elementaryStreams?: ElementaryStream[];
  muxStreams?: MuxStream[];
  manifests?: {
    fileName?: string;
    type?: 'MANIFEST_TYPE_UNSPECIFIED' | 'HLS' | 'DASH';
    muxStreams?: string[];
  }[];
  output?: { uri?: string };
  adBreaks?: { startTimeOffset?: Duration }[];
  pubsubDestination?: { topic?: string };
  spriteSheets?: SpriteSheet[];
  overlays?: TranscoderOverlay[];
}

export interface TranscoderInput {
  key?: string;
  uri?: string;
  preprocessingConfig?: PreprocessingConfig;
}

export interface PreprocessingConfig {
  color?: { saturation?: number; contrast?: number; brightness?: number };
  denoise?: { strength?: number; tune?: string };
  deblock?: { strength?: number; enabled?: boolean };
  audio?: { lufs?: number; highBoost?: boolean; lowBoost?: boolean };
  crop?: { topPixels?: number; bottomPixels?: number; leftPixels?: number; rightPixels?: number };
  pad?: { topPixels?: number; bottomPixels?: number; leftPixels?: number; rightPixels?: number };
  deinterlace?: PreprocessingConfigDeinterlace;
}

export interface PreprocessingConfigDeinterlace {
  yadif?: {
    mode?: string;
    disableSpatialInterlacing?: boolean;
    parity?: string;
    deinterlaceAllFrames?: boolean;
  };
  bwdif?: { mode?: string; parity?: string; deinterlaceAllFrames?: boolean };
}

export interface ElementaryStream {
  key?: string;
  videoStream?: VideoStream;
  audioStream?: AudioStream;
  textStream?: TextStream;
}

export interface VideoStream {
  h264?: VideoStreamH264CodecSettings;
  h265?: VideoStreamH265CodecSettings;
  vp9?: VideoStreamVp9CodecSettings;
}

export interface VideoStreamH264CodecSettings {
  widthPixels?: number;
  heightPixels?: number;
  frameRate?: number;
  bitrateBps?: number;
  pixelFormat?: string;
  rateControlMode?: string;
  crfLevel?: number;
  allowOpenGop?: boolean;
  gopFrameCount?: number;
  gopDuration?: Duration;
  enableTwoPass?: boolean;
  vbvSizeBits?: number;
  vbvFullnessBits?: number;
  entropyCoder?: string;
  bPyramid?: boolean;
  bFrameCount?: number;
  aqStrength?: number;
  profile?: string;
  tune?: string;
  preset?: string;
}

export interface VideoStreamH265CodecSettings {
  widthPixels?: number;
  heightPixels?: number;
  frameRate?: number;
  bitrateBps?: number;
  pixelFormat?: string;
  rateControlMode?: string;
  crfLevel?: number;
  allowOpenGop?: boolean;
  gopFrameCount?: number;
  gopDuration?: Duration;
  enableTwoPass?: boolean;
  vbvSizeBits?: number;
  vbvFullnessBits?: number;
  bPyramid?: boolean;
  bFrameCount?: number;
  aqStrength?: number;
  profile?: string;
  tune?: string;
  preset?: string;
}

export interface VideoStreamVp9CodecSettings {
  widthPixels?: number;
  heightPixels?: number;
  frameRate?: number;
  bitrateBps?: number;
  pixelFormat?: string;
  rateControlMode?: string;
  crfLevel?: number;
  gopFrameCount?: number;
  gopDuration?: Duration;
  profile?: string;
}

export interface AudioStream {
  codec?: string;
  bitrateBps?: number;
  channelCount?: number;
  channelLayout?: string[];
  mapping?: AudioStreamAudioMapping[];
  sampleRateHertz?: number;
  languageCode?: string;
  displayName?: string;
}

export interface AudioStreamAudioMapping {
  atomKey?: string;
  inputKey?: string;
  inputTrack?: number;
  inputChannel?: number;
  outputChannel?: number;
  gainDb?: number;
}

export interface TextStream {
  codec?: string;
  languageCode?: string;
  mapping?: { atomKey?: string; inputKey?: string; inputTrack?: number }[];
  displayName?: string;
}

export interface MuxStream {
  key?: string;
  fileName?: string;
  container?: string;
  elementaryStreams?: string[];
  segmentSettings?: { segmentDuration?: Duration; individualSegments?: boolean };
}

export interface SpriteSheet {
  format?: string;
  filePrefix?: string;
  spriteWidthPixels?: number;
  spriteHeightPixels?: number;
  columnCount?: number;
  rowCount?: number;
  startTimeOffset?: Duration;
  endTimeOffset?: Duration;
  totalCount?: number;
  interval?: Duration;
  quality?: number;
}

export interface TranscoderOverlay {
  image?: OverlayImage;
  animations?: OverlayAnimation[];
}

export interface OverlayImage {
  uri?: string;
  resolution?: OverlayNormalizedCoordinate;
  alpha?: number;
}

export interface OverlayNormalizedCoordinate {
  x?: number;
  y?: number;
}

export interface OverlayAnimation {
  animationStatic?: OverlayAnimationStatic;
  animationFade?: OverlayAnimationFade;
  animationEnd?: { startTimeOffset?: Duration };
}

export interface OverlayAnimationStatic {
  xy?: OverlayNormalizedCoordinate;
  startTimeOffset?: Duration;
}

export interface OverlayAnimationFade {
  fadeType?: 'FADE_TYPE_UNSPECIFIED' | 'FADE_IN' | 'FADE_OUT';
  xy?: OverlayNormalizedCoordinate;
  startTimeOffset?: Duration;
  endTimeOffset?: Duration;
}

export interface JobTemplate {
  name?: string;
  config?: JobConfig;
  labels?: Record<string, string>;
}
