import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProvisionRequest, Run, RunRequest, RunSummary } from '../../../src-shared/model/run.ts';
import { listRunsById, listUnendedRuns, toRun, toSummary } from '../../store/runs.ts';
import type { Caller } from '../caller.ts';
import { conductRun } from './conduct-run.ts';
import { folderOf, type Conducting } from './conducting.ts';
import { DiskRoom } from './disk-room.ts';
import { dispatchRuns } from './dispatch-runs.ts';
import { handOnStop } from './execute-run.ts';
import { finishRemovals, needRun, removeRun, setImportant } from './keep-run.ts';
import { indexMissingRuns } from './index-run.ts';
import { moveInQueue } from './move-in-queue.ts';
import { LiveProgress } from './live-progress.ts';
import { stopSuites } from './provisioning-suites.ts';
import { rerunRun, type RerunRequest } from './rerun-run.ts';
import { announce, type RunServices } from './run-services.ts';
import { startProvisioning } from './start-provisioning.ts';
import { startRun } from './start-run.ts';
import { requestStop, type StopRequest } from './stop-run.ts';

/** The run engine: what faces ask of it, and what compose.ts joins it to. */
export interface Runs {
  start(request: RunRequest, caller: Caller): Promise<Run>;
  /** A run without tests: one machine is brought into a wanted state. */
  provision(request: ProvisionRequest, caller: Caller): Promise<Run>;
  get(id: string): Run;
  stop(request: StopRequest, caller: Caller): Promise<Run>;
  rerun(request: RerunRequest, caller: Caller): Promise<Run>;
  setImportant(id: string, important: boolean): Run;
  /** Gives a queued run another turn; 1 = next. */
  move(request: { id: string; position: number }): void;
  remove(id: string): Promise<void>;
  /** Every run that is not ended. */
  active(): RunSummary[];
  summaries(ids: readonly string[]): RunSummary[];
  /** Goes on with every run that an earlier harness left. To be awaited once, before anything is started. */
  recover(): Promise<void>;
  /** Looks at the queue: to be called when workers, pause or reservations have changed. */
  dispatch(): void;
  /** Leaves the running runs alone: their supervisors go on. */
  close(): Promise<void>;
}

export function createRuns(services: RunServices): Runs {
  const engine = new Engine(services);
  const get = (id: string) => toRun(services.store, needRun(services, id), join(folderOf(services, id), 'output'));
  return {
    get,
    start: async (request, caller) => engine.begin(await startRun(services, request, caller), get),
    provision: async (request, caller) => engine.begin(await startProvisioning(services, request, caller), get),
    rerun: async (request, caller) => engine.begin(await rerunRun(services, request, caller), get),
    stop: async (request, caller) => {
      await engine.stop(request, caller);
      return get(request.id);
    },
    setImportant: (id, important) => {
      setImportant(services, id, important);
      return get(id);
    },
    move: (request) => {
      moveInQueue(services, request);
      engine.dispatch();
    },
    remove: (id) => removeRun(services, id),
    active: () => listUnendedRuns(services.store).map(toSummary),
    summaries: (ids) => listRunsById(services.store, ids).map(toSummary),
    recover: () => engine.recover(),
    dispatch: () => engine.dispatch(),
    close: () => engine.close(),
  };
}

/** Which runs this process conducts; everything else about them is in the store. */
class Engine {
  readonly #services: RunServices;
  readonly #live: LiveProgress;
  readonly #room: DiskRoom;
  readonly #leaving = new AbortController();
  #indexing: Promise<void> = Promise.resolve();
  readonly #conducted = new Map<string, { cancel: AbortController; done: Promise<void> }>();

  constructor(services: RunServices) {
    this.#services = services;
    this.#live = new LiveProgress(services);
    this.#room = new DiskRoom(join(services.runsFolder, '.reserve'));
  }

  begin(id: string, get: (id: string) => Run): Run {
    this.dispatch();
    return get(id);
  }

  dispatch(): void {
    if (this.#leaving.signal.aborted) return;
    for (const id of dispatchRuns(this.#services)) this.#conduct(id);
  }

  async stop(request: StopRequest, caller: Caller): Promise<void> {
    const { met } = requestStop(this.#services, request, caller);
    announce(this.#services, [request.id]);
    if (met === 'queued') {
      this.#services.changes.emit('run:ended', { id: request.id });
      this.#services.holds.settle();
      this.dispatch();
    } else if (met === 'executing') await this.#room.surely(() => handOnStop(this.#services, request.id), this.#leaving.signal);
    else {
      this.#conducted.get(request.id)?.cancel.abort();
      if (met === 'provisioning') await stopSuites(this.#services, request.id);
    }
  }

  async recover(): Promise<void> {
    await mkdir(this.#services.runsFolder, { recursive: true });
    await finishRemovals(this.#services);
    await this.#room.keep();
    for (const { id, state } of listUnendedRuns(this.#services.store)) if (state !== 'queued') this.#conduct(id);
    this.dispatch();
    this.#indexing = indexMissingRuns(this.#services.store, this.#leaving.signal).catch((error: unknown) =>
      this.#services.log.error('runs could not be made findable', error),
    );
  }

  #conduct(id: string): void {
    if (this.#conducted.has(id)) return;
    const cancel = new AbortController();
    const conducting: Conducting = {
      services: this.#services,
      live: this.#live,
      room: this.#room,
      cancel: cancel.signal,
      leaving: this.#leaving.signal,
      onEnded: () => this.dispatch(),
    };
    const done = conductRun(conducting, id)
      .catch((error: unknown) => {
        if (!this.#leaving.signal.aborted) this.#services.log.error('a run could not be conducted', error, { run: id });
      })
      .finally(() => this.#conducted.delete(id));
    this.#conducted.set(id, { cancel, done });
  }

  async close(): Promise<void> {
    this.#leaving.abort();
    this.#live.close();
    await Promise.all([this.#indexing, ...[...this.#conducted.values()].map(({ done }) => done)]);
  }
}
