import type { Preflight, PreflightReason, PreflightStage } from '../../../src-shared/model/preflight.ts';
import type { RunRequest } from '../../../src-shared/model/run.ts';
import type { Caller } from '../caller.ts';
import { examineRun, type Examined } from './check-run.ts';
import type { CheckServices } from './preflight-services.ts';
import { resolveRequest } from './resolve-request.ts';
import type { WantedRun } from './wanted-run.ts';

/** Something that takes longer to look at; it only ever adds warnings, so that a start needs not to wait for it. */
export interface SlowStage {
  stage: PreflightStage;
  /** What it does, while it does it. */
  doing: string;
  look: (
    wanted: WantedRun,
    found: NonNullable<Examined['found']>,
    signal: AbortSignal,
  ) => Promise<{ reasons: PreflightReason[]; fine: string[]; cases?: number }>;
}

export interface PreflightServices extends CheckServices {
  slow: readonly SlowStage[];
}

/** Everything that keeps a run from starting or will spoil it: what is known at once first, then what has to be looked at. */
export async function* checkPreflight(
  services: PreflightServices,
  { request, caller, signal }: { request: RunRequest; caller: Caller; signal: AbortSignal },
): AsyncGenerator<Preflight, void, void> {
  const { wanted, reasons } = resolveRequest(services, request, caller.user);
  const result = new Result(() => services.clock.now());
  if (wanted === null) return void (yield result.add({ reasons, fine: [] }).said());
  const examined = await examineRun(services, wanted);
  result.add(examined).cases = examined.cases;
  const { found } = examined;
  if (found === undefined) return void (yield result.said());
  result.pending = services.slow.map(({ stage, doing }) => ({ stage, sentence: doing }));
  yield result.said();
  let running = services.slow.map((slow, index) => ({ index, done: lookAt(slow, { wanted, found, signal }) }));
  while (running.length > 0 && !signal.aborted) {
    const { index, outcome } = await Promise.race(
      running.map(({ index: place, done }) => done.then((each) => ({ index: place, outcome: each }))),
    );
    running = running.filter((each) => each.index !== index);
    result.pending = running.flatMap((each) => services.slow[each.index] ?? []).map(({ stage, doing }) => ({ stage, sentence: doing }));
    result.add(outcome);
    if (outcome.cases !== undefined) result.cases ??= outcome.cases;
    yield result.said();
  }
}

class Result {
  pending: Preflight['pending'] = [];
  cases: number | null = null;
  readonly #reasons: PreflightReason[] = [];
  readonly #fine: Preflight['fine'] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add({ reasons, fine }: Pick<Preflight, 'reasons' | 'fine'>): this {
    this.#reasons.push(...reasons);
    this.#fine.push(...fine);
    return this;
  }

  said(): Preflight {
    const reasons = this.#reasons.toSorted((one, other) => weight(one) - weight(other));
    const canStart = !reasons.some(({ severity }) => severity === 'error');
    return { reasons, fine: [...this.#fine], pending: this.pending, canStart, cases: this.cases, at: this.#now() };
  }
}

const weight = ({ severity }: PreflightReason) => (severity === 'error' ? 0 : 1);

interface Looking {
  wanted: WantedRun;
  found: NonNullable<Examined['found']>;
  signal: AbortSignal;
}

/** That something could not be looked at is itself a warning; it never breaks the check. */
async function lookAt({ stage, look }: SlowStage, { wanted, found, signal }: Looking) {
  try {
    const { reasons, fine, ...more } = await look(wanted, found, signal);
    return { reasons, fine: fine.map((sentence) => ({ stage, sentence })), ...more };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const reason: PreflightReason = {
      code: 'NOT_LOOKED_AT',
      message: why,
      subject: stage,
      severity: 'warning',
      repair: { action: 'openDoctor' },
    };
    return { reasons: signal.aborted ? [] : [reason], fine: [], cases: undefined };
  }
}
