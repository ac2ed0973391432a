import type { Described } from './described';
import type { Timestamp } from './proto-json';

/** The events of Firebase Test Lab. */
export interface TestLabEvents {
  'google.firebase.testlab.testMatrix.v1.completed': Described<TestMatrixEventData>;
}

export interface TestMatrixEventData {
  createTime?: Timestamp;
  state?: 'TEST_STATE_UNSPECIFIED' | 'VALIDATING' | 'PENDING' | 'FINISHED' | 'ERROR' | 'INVALID';
  invalidMatrixDetails?: string;
  outcomeSummary?:
    | 'OUTCOME_SUMMARY_UNSPECIFIED'
    | 'SUCCESS'
    | 'FAILURE'
    | 'INCONCLUSIVE'
    | 'SKIPPED';
  resultStorage?: {
    toolResultsHistory?: string;
    toolResultsExecution?: string;
    resultsUri?: string;
    gcsPath?: string;
  };
  clientInfo?: { client?: string; details?: Record<string, string> };
  testMatrixId?: string;
}
