import type { RunProcess, UsageSample } from '../../../src-shared/model/activity.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { treeOf, type SeenProcess } from '../../robot/process-tree.ts';
import { UsageSeries } from './usage-series.ts';

const LOOK_EVERY_MS = 2000;
const KEEP_EVERY_MS = 10_000;

export interface UsageServices {
  changes: Changes;
  clock: Clock;
  log: Log;
  /** Ids of runs that have left the queue and are not ended. */
  active(): readonly string[];
  /** Where the processes of a run begin; null before there is one. */
  rootOf(runId: string): Promise<number | null>;
  see(now: number): Promise<Map<number, SeenProcess>>;
  kept(runId: string): UsageSample[];
  keep(runId: string, samples: readonly UsageSample[]): void;
}

interface Watched {
  series: UsageSeries;
  processes: RunProcess[];
  keptAt: number;
}

interface Look {
  at: number;
  cpu: Map<number, number>;
}

/** Looks at the processes of runs, while there are any. */
export class UsageWatch {
  readonly #services: UsageServices;
  readonly #watched = new Map<string, Watched>();
  readonly #stops: (() => void)[] = [];
  #before: Look | null = null;
  #timer: NodeJS.Timeout | null = null;
  #looking = false;
  #closed = false;

  constructor(services: UsageServices) {
    this.#services = services;
  }

  start(): void {
    this.#stops.push(this.#services.changes.on('runs:changed', () => this.#plan()));
    this.#plan();
  }

  read(runId: string): { processes: RunProcess[]; usage: UsageSample[] } | null {
    const watched = this.#watched.get(runId);
    return watched === undefined ? null : { processes: watched.processes, usage: watched.series.read() };
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const [id, watched] of this.#watched) this.#keep(id, watched);
  }

  #plan(): void {
    if (this.#closed || this.#looking || this.#timer !== null) return;
    if (this.#services.active().length === 0 && this.#watched.size === 0) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#look();
    }, LOOK_EVERY_MS).unref();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    try {
      await this.#see();
    } catch (error) {
      this.#services.log.warn('the processes of runs could not be looked at', { reason: String(error) });
    } finally {
      this.#looking = false;
      this.#plan();
    }
  }

  async #see(): Promise<void> {
    const { active, rootOf, see, clock, changes } = this.#services;
    const ids = active();
    for (const [id, watched] of this.#watched) if (!ids.includes(id)) this.#forget(id, watched);
    if (ids.length === 0) return;
    const at = clock.now();
    const all = await see(at);
    const cpu = new Map<number, number>();
    for (const id of ids) {
      const root = await rootOf(id);
      if (this.#closed) return;
      const tree = root === null ? [] : treeOf(all, root);
      for (const each of tree) cpu.set(each.pid, each.cpuMs);
      this.#take(id, at, tree);
    }
    this.#before = { at, cpu };
    changes.emit('activity:seen', {});
  }

  #take(id: string, at: number, tree: readonly SeenProcess[]): void {
    const processes = tree.map(({ cpuMs, ...each }) => ({ ...each, cpu: this.#cpuOf(each.pid, cpuMs, at) }));
    const watched = this.#watched.get(id) ?? {
      series: new UsageSeries(LOOK_EVERY_MS, this.#services.kept(id)),
      processes: [],
      keptAt: at,
    };
    watched.processes = processes;
    this.#watched.set(id, watched);
    if (tree.length === 0) return;
    const known = processes.flatMap(({ cpu }) => (cpu === null ? [] : [cpu]));
    const memory = processes.reduce((sum, each) => sum + each.memory, 0);
    watched.series.add({ at, cpu: known.length === 0 ? null : tenths(known.reduce((sum, each) => sum + each, 0)), memory });
    if (at - watched.keptAt >= KEEP_EVERY_MS) this.#keep(id, { ...watched }, at);
  }

  /** Percent of one core since the look before. */
  #cpuOf(pid: number, cpuMs: number, at: number): number | null {
    const before = this.#before?.cpu.get(pid);
    const since = at - (this.#before?.at ?? at);
    return before === undefined || since <= 0 ? null : tenths(Math.max(0, ((cpuMs - before) * 100) / since));
  }

  #forget(id: string, watched: Watched): void {
    this.#watched.delete(id);
    this.#keep(id, watched);
  }

  #keep(id: string, watched: Watched, at = 0): void {
    const entry = this.#watched.get(id);
    if (entry !== undefined && at > 0) entry.keptAt = at;
    const samples = watched.series.read();
    if (samples.length > 0) this.#services.keep(id, samples);
  }
}

const tenths = (value: number): number => Math.round(value * 10) / 10;
