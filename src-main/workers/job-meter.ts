import type { PoolActivity } from '../../src-shared/model/activity.ts';
import { quantile } from '../../src-shared/text/quantile.ts';

/** Medians are of this many newest jobs. */
const LOOK_BACK = 500;

/** Counts the jobs of one pool as they go by. */
export class JobMeter {
  readonly #took: number[] = [];
  #busy = 0;
  #done = 0;
  #failed = 0;

  async count<T>(work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    this.#busy += 1;
    try {
      const answer = await work();
      this.#done += 1;
      return answer;
    } catch (error) {
      this.#failed += 1;
      throw error;
    } finally {
      this.#busy -= 1;
      this.#took.push(performance.now() - began);
      if (this.#took.length > LOOK_BACK) this.#took.shift();
    }
  }

  read(threads: Pick<PoolActivity, 'threads' | 'most'> & { waiting: number }): PoolActivity {
    const { waiting } = threads;
    const figures = { busy: Math.max(0, this.#busy - waiting), done: this.#done, failed: this.#failed };
    return { ...threads, ...figures, medianMs: quantile(this.#took, 0.5), p95Ms: quantile(this.#took, 0.95) };
  }
}
