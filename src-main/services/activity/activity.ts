import { monitorEventLoopDelay } from 'node:perf_hooks';
import type {
  Activity,
  ActivityFigures,
  ActivitySpan,
  HarnessProcess,
  PoolActivity,
  UsageSample,
} from '../../../src-shared/model/activity.ts';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import { WorkbenchError } from '../../errors.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { readUsage } from '../../store/run-usage.ts';
import { findRun } from '../../store/runs.ts';
import { UsageWatch, type UsageServices } from './watch-usage.ts';

export interface ActivityServices extends Omit<UsageServices, 'active'> {
  store: ReadableStore;
  /** Every run that is not ended. */
  runs(): RunSummary[];
  move(request: { id: string; position: number }): void;
  settings(): { workers: number };
  queuePaused(): boolean;
  pools(): { runs: PoolActivity; oobm: PoolActivity };
  figures(input: { span: ActivitySpan; now: number }): Promise<ActivityFigures>;
}

export interface ActivityService {
  now(): Activity;
  figures(span: ActivitySpan): Promise<ActivityFigures>;
  usage(runId: string): UsageSample[];
  move(request: { id: string; position: number }): RunSummary[];
  start(): void;
  close(): void;
}

export function createActivity(services: ActivityServices): ActivityService {
  const watch = new UsageWatch({
    ...services,
    active: () =>
      services
        .runs()
        .filter(({ state }) => state !== 'queued')
        .map(({ id }) => id),
  });
  const harness = new HarnessWatch();
  const queue = () =>
    services
      .runs()
      .filter(({ state }) => state === 'queued')
      .sort((a, b) => (a.queuePosition ?? Infinity) - (b.queuePosition ?? Infinity));
  return {
    now: () => ({
      at: services.clock.now(),
      workers: services.settings().workers,
      paused: services.queuePaused(),
      active: services
        .runs()
        .filter(({ state }) => state !== 'queued')
        .map((run) => ({ run, ...(watch.read(run.id) ?? { processes: [], usage: services.kept(run.id) }) })),
      queue: queue(),
      pools: services.pools(),
      harness: harness.read(services.clock.now()),
    }),
    figures: (span) => services.figures({ span, now: services.clock.now() }),
    usage: (runId) => {
      const row = findRun(services.store, runId);
      if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
      return watch.read(runId)?.usage ?? readUsage(services.store, row.number);
    },
    move: (request) => {
      services.move(request);
      return queue();
    },
    start: () => watch.start(),
    close: () => {
      watch.close();
      harness.close();
    },
  };
}

/** Below this a look would say nothing about the processor, ms. */
const LEAST_BETWEEN = 500;

/** How this process itself does. Several readers share one look. */
class HarnessWatch {
  readonly #delay = monitorEventLoopDelay({ resolution: 20 });
  #before = { at: performance.now(), cpu: process.cpuUsage() };
  #last: Pick<HarnessProcess, 'cpu' | 'delayP99Ms' | 'delayMaxMs'> = { cpu: null, delayP99Ms: 0, delayMaxMs: 0 };

  constructor() {
    this.#delay.enable();
  }

  read(now: number): HarnessProcess {
    const since = performance.now() - this.#before.at;
    if (since >= LEAST_BETWEEN) {
      const { user, system } = process.cpuUsage(this.#before.cpu);
      // The wanted pause between two looks of the meter is no delay.
      const late = (nanoseconds: number): number => Math.max(0, Math.round(nanoseconds / 1e5) / 10 - 20);
      this.#last = {
        cpu: Math.round((user + system) / since) / 10,
        delayP99Ms: this.#delay.count === 0 ? 0 : tenths(late(this.#delay.percentile(99))),
        delayMaxMs: this.#delay.count === 0 ? 0 : tenths(late(this.#delay.max)),
      };
      this.#delay.reset();
      this.#before = { at: performance.now(), cpu: process.cpuUsage() };
    }
    const startedAt = Math.round(now - process.uptime() * 1000);
    return { pid: process.pid, startedAt, memory: process.memoryUsage.rss(), ...this.#last };
  }

  close(): void {
    this.#delay.disable();
  }
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
