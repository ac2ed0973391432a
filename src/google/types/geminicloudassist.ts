import type { Described } from './described';

/** The events of Gemini Cloud Assist. */
export interface GeminiCloudAssistEvents {
  'google.cloud.geminicloudassist.task.v1.completed': Described<TaskEventData, 'proactive'>;
}

export interface TaskEventData {
  resultObjectReference?: string;
  title?: string;
}
