/** A run that waits, as the decision sees it. */
export interface QueuedRun {
  id: string;
  name: string;
  priority: number;
  /** Grows with age: smaller = older. */
  number: number;
  startedBy: string;
  suts: readonly { id: string; name: string }[];
  /** How often a run behind it was let past on one of its SUTs. */
  overtaken: number;
}

export interface QueueSituation {
  queued: readonly QueuedRun[];
  /** Runs that have left the queue and are not ended. */
  running: number;
  workers: number;
  paused: boolean;
  /** Leased SUTs: id to the name of the run that has it. */
  leased: ReadonlyMap<string, string>;
  /** SUTs in quarantine or maintenance: id to why, as a sentence. */
  setAside: ReadonlyMap<string, string>;
  /** Reserved SUTs: id to the person who holds it. */
  reserved: ReadonlyMap<string, string>;
}

export interface QueueDecision {
  /** Runs to start now, in this order. */
  start: string[];
  /** Runs that are passed over by one of `start` on a SUT that both need. */
  overtaken: string[];
  /** Everything that goes on waiting, with its place and the reason. */
  waiting: { id: string; position: number; reason: string }[];
}

/** A run may be passed so often by runs that need one of its SUTs; then those of its SUTs that are free are kept for it. */
export const MAX_OVERTAKES = 3;

/**
 * Who starts now. Priority first, then age. A run whose SUTs are not all free lets others past, so that machines do not idle, but only
 * MAX_OVERTAKES times; then its free SUTs are kept for it and whoever needs one of them waits behind it, so that a run on many machines
 * is not starved by many runs on few. SUTs are taken all or none, so no two runs can wait for each other.
 */
export function decideQueue(situation: QueueSituation): QueueDecision {
  const queued = situation.queued.toSorted(byTurn);
  const free = new Free(situation);
  const decision: QueueDecision = { start: [], overtaken: [], waiting: [] };
  const overtaken = new Set<string>();
  const passed: QueuedRun[] = [];
  for (const run of queued) {
    const reason = situation.paused ? 'The queue is paused.' : free.reasonToWait(run);
    if (reason === null) {
      free.take(run);
      decision.start.push(run.id);
      for (const other of passed) if (sharesSut(other, run)) overtaken.add(other.id);
    } else {
      passed.push(run);
      free.keepFor(run, overtaken.has(run.id) ? 1 : 0);
      decision.waiting.push({ id: run.id, position: decision.waiting.length + 1, reason });
    }
  }
  decision.overtaken = [...overtaken];
  return decision;
}

export function byTurn(a: Pick<QueuedRun, 'priority' | 'number'>, b: Pick<QueuedRun, 'priority' | 'number'>): number {
  return b.priority - a.priority || a.number - b.number;
}

function sharesSut(a: QueuedRun, b: QueuedRun): boolean {
  return a.suts.some(({ id }) => b.suts.some((sut) => sut.id === id));
}

/** What is left to take while the decision goes through the queue. */
class Free {
  readonly #situation: QueueSituation;
  readonly #taken: Map<string, string>;
  readonly #kept = new Map<string, string>();
  #workersLeft: number;

  constructor(situation: QueueSituation) {
    this.#situation = situation;
    this.#taken = new Map(situation.leased);
    this.#workersLeft = situation.workers - situation.running;
  }

  reasonToWait(run: QueuedRun): string | null {
    return this.#sutReason(run) ?? this.#workerReason();
  }

  #sutReason(run: QueuedRun): string | null {
    for (const { id, name } of run.suts) {
      const why = this.#situation.setAside.get(id);
      if (why !== undefined) return `Waits: ${why}`;
      const holder = this.#situation.reserved.get(id);
      if (holder !== undefined && holder !== run.startedBy) return `Waits for ${name}, reserved by ${holder}.`;
      const user = this.#taken.get(id);
      if (user !== undefined) return `Waits for ${name}, in use by ${user}.`;
      const keptFor = this.#kept.get(id);
      if (keptFor !== undefined) return `Waits for ${name}, kept for ${keptFor}, which waits longer.`;
    }
    return null;
  }

  #workerReason(): string | null {
    if (this.#workersLeft > 0) return null;
    const { workers } = this.#situation;
    return workers === 1 ? 'Waits for a worker, the only one is busy.' : `Waits for a worker, all ${workers} are busy.`;
  }

  take(run: QueuedRun): void {
    this.#workersLeft -= 1;
    for (const { id } of run.suts) this.#taken.set(id, run.name);
  }

  keepFor(run: QueuedRun, passedNow: number): void {
    if (run.overtaken + passedNow < MAX_OVERTAKES) return;
    for (const { id } of run.suts) if (!this.#kept.has(id)) this.#kept.set(id, run.name);
  }
}
