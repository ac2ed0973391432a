import type { Described } from './described';
import type { Timestamp } from './proto-json';

/** The events of Workflows. */
export interface WorkflowsEvents {
  'google.cloud.workflows.workflow.v1.created': Described<
    { payload?: WorkflowsWorkflow },
    'workflow'
  >;
  'google.cloud.workflows.workflow.v1.deleted': Described<
    { payload?: WorkflowsWorkflow },
    'workflow'
  >;
  'google.cloud.workflows.workflow.v1.updated': Described<
    { payload?: WorkflowsWorkflow },
    'workflow'
  >;
}

export interface WorkflowsWorkflow {
  name?: string;
  description?: string;
  state?: 'STATE_UNSPECIFIED' | 'ACTIVE';
  revisionId?: string;
  createTime?: Timestamp;
  updateTime?: Timestamp;
  revisionCreateTime?: Timestamp;
  labels?: Record<string, string>;
  serviceAccount?: string;
  sourceContents?: string;
}
