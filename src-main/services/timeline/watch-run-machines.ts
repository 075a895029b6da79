import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sensor } from '../../../src-shared/model/machine.ts';
import { addPoint, TIMELINE_FILE, type MachineTimeline, type SensorTrack, type Timeline } from '../../../src-shared/model/timeline.ts';
import { findRun, listUnendedRuns, type RunRow } from '../../store/runs.ts';
import { listRunSuts } from '../../store/runs.ts';
import { findSut } from '../../store/suts.ts';
import { forgetTracks, rememberedTracks, rememberTracks, type Tracks } from './remember-sensors.ts';
import type { TimelineServices } from './timeline-services.ts';

/** Lines of a console that a report holds. */
const MOST_LINES = 5000;
/** Sensors of a machine that are followed. */
const MOST_SENSORS = 60;
const FOLLOWED: readonly RunRow['state'][] = ['provisioning', 'executing', 'tearingDown'];

/** Beside the report, because it is no part of it. */
const SENSORS_FILE = 'sensors.json';
/** Readings between two times that they are written down: what a crash takes away at most. */
const REMEMBERED_EVERY = 6;

interface Followed {
  suts: readonly { id: string; name: string }[];
  tracks: Tracks;
  timer: NodeJS.Timeout | undefined;
  /** What is being written of them. */
  writing: Promise<void>;
}

/** Reads the sensors of machines while runs use them, and puts all that they said and did into the report when it is over. */
export class RunMachineWatch {
  readonly #services: TimelineServices;
  readonly #followed = new Map<string, Followed>();
  readonly #stop: () => void;
  /** Timelines that are being written, by run. */
  readonly #ending = new Map<string, Promise<void>>();

  constructor(services: TimelineServices) {
    this.#services = services;
    this.#stop = services.changes.on('runs:changed', ({ ids }) => this.#look(ids));
    this.#look(listUnendedRuns(services.store).map(({ id }) => id));
  }

  /** So far, for a run that goes on. */
  async read(row: RunRow): Promise<Timeline> {
    const { clock, store } = this.#services;
    const span = { from: row.started_at ?? row.created_at, to: row.ended_at ?? clock.now() };
    const tracks = this.#followed.get(row.id)?.tracks;
    const machines = listRunSuts(store, row.number).map((sut) => this.#machine(sut, span, [...(tracks?.get(sut.id)?.values() ?? [])]));
    return { ...span, machines: await Promise.all(machines) };
  }

  /** Resolves when what is being written into the report of this run is there. */
  async written(id: string): Promise<void> {
    await this.#ending.get(id);
  }

  async close(): Promise<void> {
    this.#stop();
    const going = [...this.#followed];
    this.#followed.clear();
    for (const [id, followed] of going) {
      clearInterval(followed.timer);
      this.#remember(id, followed);
    }
    await Promise.all([...this.#ending.values(), ...going.map(([, { writing }]) => writing)]);
  }

  #look(ids: readonly string[]): void {
    for (const id of ids) {
      const known = this.#followed.get(id);
      const row = findRun(this.#services.store, id);
      if (row === undefined || row.imported_at !== null) continue;
      if (known === undefined && row.state !== 'ended') this.#begin(row);
      else if (known !== undefined && row.state === 'ended') this.#end(row, known);
    }
  }

  /** From provisioning to tear-down; one that a harness before this one has followed, to its end. */
  #begin(row: RunRow): void {
    const uses = FOLLOWED.includes(row.state);
    if (!uses && row.state !== 'collecting') return;
    const suts = listRunSuts(this.#services.store, row.number);
    const before = rememberedTracks(this.#sensorsFile(row.id));
    if (suts.length === 0 || (!uses && before === null)) return;
    const tracks: Tracks = new Map(suts.map(({ id }) => [id, before?.get(id) ?? new Map<string, SensorTrack>()]));
    const followed: Followed = { suts, tracks, timer: undefined, writing: Promise.resolve() };
    this.#followed.set(row.id, followed);
    if (!uses) return;
    let readings = 0;
    const sample = async (): Promise<void> => {
      await Promise.all(suts.map(({ id }) => this.#sample(id, tracks.get(id))));
      if (readings % REMEMBERED_EVERY === 0 && this.#followed.get(row.id) === followed) this.#remember(row.id, followed);
      readings += 1;
    };
    followed.timer = setInterval(() => void sample(), this.#services.everyMs).unref();
    void sample();
  }

  #sensorsFile(runId: string): string {
    return join(this.#services.runsFolder, runId, SENSORS_FILE);
  }

  #remember(runId: string, followed: Followed): void {
    followed.writing = followed.writing
      .then(() => rememberTracks(this.#sensorsFile(runId), followed.tracks))
      .catch((error: unknown) =>
        this.#services.log.warn('readings of a run could not be written down', { run: runId, reason: String(error) }),
      );
  }

  async #sample(sutId: string, tracks: Map<string, SensorTrack> | undefined): Promise<void> {
    const sut = findSut(this.#services.store, sutId);
    if (tracks === undefined || sut === undefined || sut.endpoints.length === 0) return;
    const sensors = await this.#services.sensors(sutId).catch((): Sensor[] => []);
    const at = this.#services.clock.now();
    for (const sensor of sensors.filter(({ value }) => value !== null).slice(0, MOST_SENSORS)) {
      const { id, name, kind, unit, value, thresholds } = sensor;
      const before = tracks.get(id);
      const limits = { lower: thresholds.lowerCritical ?? null, upper: thresholds.upperCritical ?? null };
      tracks.set(id, { id, name, kind, unit, ...limits, points: addPoint(before?.points ?? [], [at, value ?? 0]) });
    }
  }

  #end(row: RunRow, followed: Followed): void {
    clearInterval(followed.timer);
    this.#followed.delete(row.id);
    const ending = this.#keep(row, followed)
      .catch((error: unknown) => this.#services.log.warn('the timeline of a run could not be kept', { run: row.id, reason: String(error) }))
      .finally(() => this.#ending.delete(row.id));
    this.#ending.set(row.id, ending);
  }

  async #keep(row: RunRow, { suts, tracks, writing }: Followed): Promise<void> {
    const span = { from: row.started_at ?? row.created_at, to: row.ended_at ?? this.#services.clock.now() };
    const machines = await Promise.all(suts.map((sut) => this.#machine(sut, span, [...(tracks.get(sut.id)?.values() ?? [])])));
    const folder = join(this.#services.runsFolder, row.id, 'output');
    await mkdir(folder, { recursive: true });
    const file = join(folder, TIMELINE_FILE);
    await writeFile(`${file}.new`, JSON.stringify({ ...span, machines } satisfies Timeline));
    await rename(`${file}.new`, file);
    await writing;
    await forgetTracks(this.#sensorsFile(row.id));
  }

  async #machine(sut: { id: string; name: string }, span: { from: number; to: number }, sensors: SensorTrack[]): Promise<MachineTimeline> {
    const { consoleLines, eventLog, events, store } = this.#services;
    const has = (findSut(store, sut.id)?.endpoints.length ?? 0) > 0;
    const [{ lines, cut }, log] = await Promise.all([
      consoleLines(sut.id, { ...span, limit: MOST_LINES }),
      has
        ? eventLog(sut.id)
            .then(({ entries }) => entries.filter(({ at }) => at !== null && at >= span.from && at <= span.to))
            .catch(() => [])
        : [],
    ]);
    const done = events(sut.id, span).map(({ at, who, what, outcome, message }) => ({ at, who, what, outcome, message }));
    return { sutId: sut.id, sutName: sut.name, console: lines, consoleCut: cut, events: done, log, sensors };
  }
}
