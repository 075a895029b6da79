import type { BoundLibrary, LibraryRef } from '../../../src-shared/model/library.ts';
import type { ProvisioningBinding } from '../../../src-shared/model/recipe.ts';
import type { Progress, Settings } from '../../../src-shared/model/system.ts';
import type { Changes } from '../../changes.ts';
import type { Log } from '../../log.ts';
import type { SutRow } from '../../store/suts.ts';
import type { CheckServices, HoldReasons, HoldWish, KnownTestData, ProvisioningWish } from '../preflight/preflight-services.ts';
import type { CollectedResult, Collected, CollectTask, Supervised, SuperviseMessage, SuperviseTask } from '../../workers/run-messages.ts';

export interface LongOptions {
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** What runs need of test data. */
export interface RunTestData extends KnownTestData {
  /** Writes all files of a revision, each verified by its hash. `folder` is made. */
  materialise(revision: string, folder: string, options: LongOptions): Promise<void>;
}

/** Jobs in threads of their own. */
export interface RunJobs {
  supervise(task: SuperviseTask, onMessage: (message: SuperviseMessage) => void, signal: AbortSignal): Promise<Supervised>;
  /** The job reads on when `onResults` has returned. What it throws goes to `onTrouble`; the job then reads no more results. */
  collect(task: CollectTask, onResults: (results: CollectedResult[]) => void, onTrouble: (error: unknown) => void): Promise<Collected>;
}

/** What a run was bound to, and the lock that was made of it; null before it was solved, and for the default environment. */
export interface RunLibraries {
  libraries: readonly BoundLibrary[];
  lockHash: string | null;
}

export interface RunEnvironment {
  lockHash: string | null;
  /** Folders of modules, first one first. */
  pythonPath: readonly string[];
  python: string;
  robotVersion: string;
  pythonVersion: string;
}

/** What runs need of reservations. */
export interface RunHolds extends HoldReasons {
  /** Within the caller's transaction; throws NOT_RESERVED with every reason. */
  reserve(wish: HoldWish & { runName: string }): void;
  /** Within the transaction that ends a run. */
  runEnded(run: number, at: number): void;
  /** Within that transaction, before: its machines stay reserved for its starter until then, and are switched off after it where that is said. */
  keep(run: { starter: string; sutIds: readonly string[]; atEnd: 'nothing' | 'powerOff' }, until: number): void;
  /** After such a transaction: tells what it changed, and goes on with what follows. */
  settle(): void;
}

export interface RunAdmission {
  /** Anew after every start of the harness; `folder` is that of the run. */
  open(run: { id: string; name: string; startedAt: number; folder: string; members: readonly RunSut[] }): Promise<void>;
  close(runId: string): Promise<void>;
}
type RunSut = Pick<SutRow, 'id' | 'name' | 'role'>;

/** What runs need of provisioning; the shapes are those of services/provisioning. */
export interface RunProvisioning {
  bind(wish: ProvisioningWish): Promise<ProvisioningBinding | null>;
  /** Everything that it needs is fetched, is there and is what it was, before a machine is touched. */
  ready(
    binding: ProvisioningBinding,
    options: { startedBy: string; cancel: AbortSignal; leaving: AbortSignal; onNote: (note: string) => void },
  ): Promise<void>;
  provision(
    task: ProvisioningTask & { suts: readonly SutRow[]; suites: ProvisioningSuites; cancel: AbortSignal; onChange: () => void },
  ): Promise<{
    outcome: 'done' | 'skipped';
    note: string;
  }>;
  /** Answers what could not be taken back, in words. */
  tearDown(task: ProvisioningTask & { executed: boolean; keep: boolean }): Promise<string | null>;
  /** Whether machines that are kept are to be switched off when nobody holds them any more. */
  switchesOffKept(task: { run: { number: number }; binding: ProvisioningBinding }): Promise<boolean>;
}

/** A Robot suite that is a step of a recipe. */
export interface SuiteTask {
  sut: { id: string; name: string };
  /** Which step. */
  ordinal: number;
  /** Path in the test data. */
  suite: string;
  variables: Readonly<Record<string, string>>;
  limitMs: number;
  /** It is stopped; its tear-down is waited for. */
  signal: AbortSignal;
}

export interface ProvisioningSuites {
  /** Answers what came of it, in words; throws what failed. */
  run(task: SuiteTask): Promise<string>;
  /** Waits for one that a harness before this one has started; null when it did not come to that. */
  goOn(task: SuiteTask): Promise<string | null>;
  /** Stops what of them still runs for a SUT. */
  end(sutId: string): Promise<void>;
}

export interface ProvisioningTask {
  run: { id: string; number: number; name: string; folder: string };
  binding: ProvisioningBinding;
  leaving: AbortSignal;
  onNote: (note: string) => void;
}

/** Everything the run engine works with; compose.ts joins it. */
export interface RunServices extends CheckServices {
  changes: Changes;
  log: Log;
  /** resources/robot. */
  scripts: string;
  nativeBinding: string | undefined;
  /** Finds or makes the environment of a set: solves, fetches and builds what is missing. */
  ensureEnvironment(set: RunLibraries, options: LongOptions): Promise<RunEnvironment>;
  /** The libraries of a run: what its plan names (null: none), else what is attached to its test data, each at the version it has now. */
  bindLibraries(set: { testDataId: string; libraries: readonly LibraryRef[] | null }): BoundLibrary[];
  testData: RunTestData;
  /** The value of a secret, for the moment it is handed on. */
  reveal(reference: string): Promise<string>;
  /** `${SUTs}` and the secrets in it. */
  sutInformation(suts: readonly SutRow[]): Promise<{ suts: Record<string, unknown>; secrets: Record<string, Record<string, string>> }>;
  content: { put(text: string): Promise<string>; read(sha256: string): Promise<string> };
  settings(): Pick<Settings, 'workers' | 'stopGraceSeconds' | 'defaultTimeLimitMs'>;
  queuePaused(): boolean;
  /** False: it stays in the queue for now, because others have to say first that it may begin here. */
  mayBegin?(runId: string): boolean;
  holds: RunHolds;
  provisioning: RunProvisioning;
  /** Lets the keywords of a run reach its machines, from when it begins to use them until it does no more. */
  access: RunAdmission;
  /** Takes out the images that keywords of the run have put into its machines; answers what could not be taken out, in words. */
  takeOutMedia(run: { id: string; name: string }): Promise<string | null>;
  jobs: RunJobs;
}

/** Announces runs after what changed them is written. */
export function announce({ changes }: Pick<RunServices, 'changes'>, ids: readonly string[], removed: readonly string[] = []): void {
  if (ids.length + removed.length > 0) changes.emit('runs:changed', { ids: [...ids], removed: [...removed] });
}
