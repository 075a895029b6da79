import { notePhase, updateRun, type RunRow } from '../../store/runs.ts';
import { announce, type RunServices } from './run-services.ts';

/** What changes while a run goes on: written seldom, because watching must not slow the run down. */
export type LiveFacts = Partial<
  Pick<RunRow, 'passed' | 'failed' | 'skipped' | 'not_run' | 'total' | 'happened' | 'stop_step' | 'stop_next_step_at'>
> & { note?: string };

const WRITE_EVERY_MS = 250;
/** After a failure (a full disk) the little room there may be is left to what must be written. */
const QUIET_MS = 5000;

/** Gathers what all running runs report and writes it in one transaction, four times a second at most. */
export class LiveProgress {
  readonly #services: RunServices;
  readonly #pending = new Map<string, { number: number; facts: LiveFacts }>();
  #timer: NodeJS.Timeout | null = null;
  #quietUntil = 0;

  constructor(services: RunServices) {
    this.#services = services;
  }

  set(run: Pick<RunRow, 'id' | 'number'>, facts: LiveFacts): void {
    if (performance.now() < this.#quietUntil) return;
    const { facts: before } = this.#pending.get(run.id) ?? { facts: {} };
    this.#pending.set(run.id, { number: run.number, facts: { ...before, ...facts } });
    this.#timer ??= setTimeout(() => this.#write(), WRITE_EVERY_MS);
  }

  /** The run moves on: what was reported of the phase before must not be written any more. */
  forget(id: string): void {
    this.#pending.delete(id);
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#pending.clear();
  }

  #write(): void {
    this.#timer = null;
    const pending = [...this.#pending];
    this.#pending.clear();
    const { store, log } = this.#services;
    try {
      store.transaction(() => {
        for (const [id, { number, facts }] of pending) {
          const { note, ...columns } = facts;
          updateRun(store, id, columns);
          if (note !== undefined) notePhase(store, number, note);
        }
      })();
    } catch (error) {
      log.error('the progress of runs could not be written', error); // the record has it
      this.#quietUntil = performance.now() + QUIET_MS;
    }
    announce(
      this.#services,
      pending.map(([id]) => id),
    );
  }
}
