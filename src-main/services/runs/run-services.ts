import type { Discovery, TestData } from '../../../src-shared/model/test-data.ts';
import type { Progress, Settings } from '../../../src-shared/model/system.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { WritableStore } from '../../store/handle.ts';
import type { SutRow } from '../../store/suts.ts';
import type { CollectedResult, Collected, CollectTask, Supervised, SuperviseMessage, SuperviseTask } from '../../workers/run-messages.ts';

export interface LongOptions {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** What runs need of test data. */
export interface RunTestData {
  find(id: string): TestData | undefined;
  /** Bytes of a revision of these test data; undefined when they have no such revision. */
  sizeOf(id: string, revision: string): number | undefined;
  /** What discovery found before; never looks now. */
  known(revision: string, suiteName: string): Promise<Discovery | undefined>;
  /** Writes all files of a revision, each verified by its hash. `folder` is made. */
  materialise(revision: string, folder: string, options: LongOptions): Promise<void>;
}

/** Jobs in threads of their own. */
export interface RunJobs {
  supervise(task: SuperviseTask, onMessage: (message: SuperviseMessage) => void, signal: AbortSignal): Promise<Supervised>;
  /** The job reads on when `onResults` has returned. What it throws goes to `onTrouble`; the job then reads no more results. */
  collect(task: CollectTask, onResults: (results: CollectedResult[]) => void, onTrouble: (error: unknown) => void): Promise<Collected>;
}

export interface RunEnvironment {
  python: string;
  robotVersion: string;
  pythonVersion: string;
}

/** Everything the run engine works with; compose.ts joins it. */
export interface RunServices {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  /** Folder of all run folders. */
  runsFolder: string;
  /** resources/robot. */
  scripts: string;
  nativeBinding: string | undefined;
  ensureEnvironment(options: LongOptions): Promise<RunEnvironment>;
  testData: RunTestData;
  /** `${SUTs}` and the secrets in it. */
  sutInformation(suts: readonly SutRow[]): Promise<{ suts: Record<string, unknown>; secrets: Record<string, Record<string, string>> }>;
  content: { put(text: string): Promise<string>; read(sha256: string): Promise<string> };
  settings(): Pick<Settings, 'workers' | 'stopGraceSeconds' | 'defaultTimeLimitMs'>;
  queuePaused(): boolean;
  jobs: RunJobs;
  /** Bytes that can be written below this folder; null when the system does not tell. */
  freeBytes(folder: string): Promise<number | null>;
}

/** Announces runs after what changed them is written. */
export function announce({ changes }: Pick<RunServices, 'changes'>, ids: readonly string[], removed: readonly string[] = []): void {
  if (ids.length + removed.length > 0) changes.emit('runs:changed', { ids: [...ids], removed: [...removed] });
}
