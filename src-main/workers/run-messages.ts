import type { Counts, StopProgress } from '../../src-shared/model/run.ts';
import type { ExitFile } from '../robot/run-files.ts';

/** What supervise-run.job.ts is told. Plain data: it crosses to a thread. */
export interface SuperviseTask {
  folder: string;
  python: string;
  script: string;
  secrets: string | null;
  /** How long Robot may go on tearing down when its supervisor is dead. */
  graceMs: number;
  nativeBinding: string | null;
}

/** What supervise-run.job.ts says while it runs. */
export type SuperviseMessage =
  /** Console or record grew. */
  | { type: 'grew' }
  | { type: 'progress'; counts: Counts; total: number; test: string | null }
  | { type: 'stop'; stop: StopProgress }
  /** Robot's process is there. */
  | { type: 'running' };

/** How supervise-run.job.ts ended. */
export type Supervised =
  | { how: 'exited'; exit: ExitFile }
  /** The supervisor is dead and left no word. What was left of the run is ended. */
  | { how: 'vanished'; killed: number; said: string }
  /** The supervisor could not be started at all. */
  | { how: 'notStarted'; message: string }
  /** Asked to leave; the run goes on. */
  | { how: 'left' };

export interface CollectTask {
  folder: string;
  /** rebuild.py. */
  script: string;
  nativeBinding: string | null;
  /** Where the run has no environment of its own. */
  python?: string | undefined;
}

/** One test as the record has it; `elapsed` in microseconds. */
export interface CollectedResult {
  ordinal: number;
  longName: string;
  item: number;
  status: 'passed' | 'failed' | 'skipped' | 'notRun';
  elapsed: number | null;
  message: string | null;
}

/** Results in order, some hundred at a time; each message waits for the answer `next`. */
export interface CollectMessage {
  type: 'results';
  results: CollectedResult[];
}

export interface Collected {
  counts: Counts;
  total: number;
  robotVersion: string | null;
  pythonVersion: string | null;
  recordClosed: boolean;
  /** Why recording stopped before the end of the run, as with a full disk. */
  recordDropped: string | null;
  /** Robot itself wrote output.xml to its end. */
  reportWhole: boolean;
  rebuilt: boolean;
  robotError: string | null;
  /** What could not be done, in sentences; nothing of it stopped the rest. */
  troubles: string[];
}
