import type { ItemKind, ItemStatus, MessageLevel } from './codes.ts';

/** A suite, test, keyword or control structure of a run. */
export interface RecordItem {
  /** Order of start: an item always has a greater id than its parent. */
  readonly id: number;
  readonly parent: number | null;
  readonly kind: ItemKind;
  /** Of control structures: the statement as written, words four spaces apart. */
  readonly name: string;
  /** Library or resource that owns the keyword. */
  readonly owner: string | null;
  readonly arguments: readonly string[];
  readonly assign: readonly string[];
  readonly doc: string | null;
  readonly tags: readonly string[];
  /** Below a test null means: the file of the suite. `item` resolves it, lists do not. */
  readonly source: string | null;
  readonly line: number | null;
  /** Robot's own id, like s1-s2-t3; suites and tests only. */
  readonly robotId: string | null;
  readonly status: ItemStatus;
  /** Milliseconds UTC. */
  readonly startedAt: number;
  /** Null while it runs. */
  readonly elapsedMicroseconds: number | null;
  /** Of suites, tests and failed keywords. */
  readonly message: string | null;
  /** Number of tests below a suite. */
  readonly tests: number | null;
  readonly hasChildren: boolean;
  readonly hasMessages: boolean;
}

export interface RecordMessage {
  readonly id: number;
  /** Null for an execution error. */
  readonly item: number | null;
  /** Milliseconds UTC. */
  readonly time: number;
  readonly level: MessageLevel;
  readonly html: boolean;
  readonly text: string;
}

/** Counts of tests; the parts add up to the total. `notRun` holds those not started yet, too. */
export interface RecordCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notRun: number;
  readonly running: number;
  readonly total: number;
}

export interface RecordMeta {
  readonly robot: string | null;
  readonly python: string | null;
  readonly startedAt: number | null;
  readonly totalTests: number;
  /** The listener wrote everything it had and closed the record. */
  readonly closed: boolean;
  /** Why recording stopped before the end of the run, as with a full disk. */
  readonly dropped: string | null;
}

export interface RecordFailure {
  readonly test: RecordItem;
  /** The deepest keyword that failed first; may stand in a suite setup. Null if no keyword failed. */
  readonly cause: RecordItem | null;
}

/** One page of a list ordered by id. */
export interface Page {
  readonly afterId?: number;
  readonly limit: number;
}
