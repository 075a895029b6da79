import type { UsageSample } from '../../../src-shared/model/activity.ts';

/** As many as a plot of a run can show; a day's run keeps one every few minutes. */
const MOST_SAMPLES = 240;

/** A series that stays small: when it is full every second sample goes, and from then on only every second one is taken. */
export class UsageSeries {
  #samples: UsageSample[];
  #step: number;

  /** `step`: ms between looks. A series that was kept before goes on as it was. */
  constructor(step: number, samples: readonly UsageSample[] = []) {
    this.#samples = [...samples];
    const [first, second] = samples;
    this.#step = Math.max(step, first === undefined || second === undefined ? step : second.at - first.at);
  }

  /** Replaces the newest while that is closer than the step. */
  add(sample: UsageSample): void {
    const last = this.#samples.at(-2);
    if (last !== undefined && sample.at - last.at < this.#step * 1.5) this.#samples.pop();
    this.#samples.push(sample);
    if (this.#samples.length <= MOST_SAMPLES) return;
    this.#samples = this.#samples.filter((_, index) => index % 2 === 0);
    this.#step *= 2;
  }

  read(): UsageSample[] {
    return [...this.#samples];
  }
}
