import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { isOver } from '../../../src-shared/model/reservation-states.ts';
import type { WritableStore } from '../../store/handle.ts';
import { findFence } from '../../store/fences.ts';
import { releaseLeases, takeLeases } from '../../store/leases.ts';
import { listLiveReservations, type StoredReservation } from '../../store/reservations.ts';
import { saveFindings } from '../../store/suts.ts';
import { ReservationBench } from './reservation-bench.ts';

/** How many schedules; each is some twenty deeds of people, runs, time and crashes on a real store. */
const SCHEDULES = Number(process.env['ATN_SCHEDULES'] ?? 400);
const MINUTE = 60_000;
const SUTS = ['a', 'b', 'c'];
const PEOPLE = ['ada', 'bob', 'cleo'];

class Crash extends Error {}
const bench = new ReservationBench(SUTS);
afterAll(() => bench.remove());

/** Dies at the `left`-th statement that writes, before or after it. */
function dying(store: WritableStore, budget: { left: number }): WritableStore {
  const point = () => {
    budget.left -= 1;
    if (budget.left === 0) throw new Crash();
  };
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name !== 'prepare') return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      return (sql: string) =>
        new Proxy(target.prepare(sql), {
          get(statement, key) {
            const member: unknown = Reflect.get(statement, key, statement);
            if (typeof member !== 'function') return member;
            if (key === 'pluck') return () => statement.pluck();
            if (key !== 'run') return member.bind(statement) as unknown;
            return (...values: unknown[]) => {
              point();
              const result: unknown = (member as (...given: unknown[]) => unknown).apply(statement, values);
              point();
              return result;
            };
          },
        });
    },
  });
}

/** A run that works, and a command of it on its way to the machine. */
interface Working {
  run: number;
  starter: string;
  suts: string[];
  commands: { sutId: string; token: string }[];
}

class World {
  readonly working: Working[] = [];
  readonly budget = { left: Number.POSITIVE_INFINITY };
  readonly ids: string[] = [];
  executed = 0;
  /** SUTs that are set aside, each with the reservations that had it already. */
  readonly aside = new Map<string, Set<string>>();

  constructor() {
    for (const table of ['hold', 'lease', 'reservation_sut', 'reservation', 'run_sut', 'run', 'fence'])
      bench.store.exec(`DELETE FROM ${table}`);
    for (const name of SUTS) saveFindings(bench.store, `id-${name}`, { quarantine: null });
    bench.time.now = 1_000_000;
    this.#start();
  }

  #start(): void {
    bench.reservations.close();
    bench.restart((store) => dying(store, this.budget));
  }

  /** Does it; a crash in it is the death of the process, and another one goes on with what is in the store. */
  attempt(deed: () => void): void {
    try {
      deed();
    } catch (error) {
      if (!(error instanceof Crash) && !(error instanceof Error && error.name === 'WorkbenchError')) throw error;
      if (!(error instanceof Crash)) return;
      this.budget.left = Number.POSITIVE_INFINITY;
      this.#start();
      bench.reservations.settle();
    }
  }

  begin(reservation: StoredReservation): void {
    if (reservation.state !== 'active') return;
    const suts = reservation.suts.map(({ id }) => id);
    const leased = bench.store.prepare<[], string>('SELECT sut_id FROM lease').pluck().all();
    if (suts.some((id) => leased.includes(id))) return;
    const { lastInsertRowid } = bench.store
      .prepare(
        `INSERT INTO run (id, name, revision, suts, series_key, started_by, selection, options, created_at, state)
         VALUES (lower(hex(randomblob(8))), 'run', 'r', '[]', 's', ?, '{}', '{}', 1, 'executing')`,
      )
      .run(reservation.holder);
    const run = Number(lastInsertRowid);
    takeLeases(bench.store, { run, sutIds: suts, at: bench.time.now });
    const commands = suts.map((sutId) => ({ sutId, token: findFence(bench.store, sutId).token }));
    this.working.push({ run, starter: reservation.holder, suts, commands });
  }

  end(index: number): void {
    const [working] = this.working.splice(index % Math.max(1, this.working.length), 1);
    if (working === undefined) return;
    bench.store.transaction(() => {
      releaseLeases(bench.store, working.run);
      bench.store.prepare("UPDATE run SET state = 'ended', ended_at = 1, verdict = 'passed' WHERE number = ?").run(working.run);
    })();
    this.late.push(...working.commands);
    bench.reservations.settle();
  }

  /** Sets a SUT aside, or takes it back. */
  turnAside(sutId: string): void {
    const isAside = this.aside.delete(sutId);
    const quarantine = isAside ? null : { evidence: 'test', by: 'lab', since: bench.time.now, runId: null };
    saveFindings(bench.store, sutId, { quarantine });
    if (!isAside) this.aside.set(sutId, new Set());
    this.holdersKeep();
    if (isAside) bench.reservations.settle();
  }

  /** Who has what is set aside keeps it, and so does whom it is handed to. */
  holdersKeep(): void {
    for (const [sutId, keepers] of this.aside)
      for (const { id, suts } of holding()) if (suts.some((sut) => sut.id === sutId)) keepers.add(id);
  }

  /** Commands of runs that have ended, still on their way. */
  readonly late: { sutId: string; token: string }[] = [];

  /** What the worker at the machine's door does: equality with the present fence, or nothing is sent. */
  deliver(): void {
    for (const { sutId, token } of this.late) expect(findFence(bench.store, sutId).token).not.toBe(token);
    const holders = new Map(live().flatMap((row) => (row.state === 'active' ? row.suts.map(({ id }) => [id, row.holder] as const) : [])));
    for (const { commands, starter } of this.working) {
      for (const { sutId, token } of commands) {
        if (findFence(bench.store, sutId).token !== token) continue;
        this.executed += 1;
        expect(holders.get(sutId)).toBe(starter);
      }
    }
  }

  check(): void {
    this.deliver();
    const holds = holding();
    for (const { id, suts } of holds) for (const sut of suts) expect(this.aside.get(sut.id)?.has(id)).not.toBe(false);
    for (const [index, one] of holds.entries()) {
      for (const other of holds.slice(index + 1)) {
        if (!one.suts.some(({ id }) => other.suts.some((sut) => sut.id === id))) continue;
        expect(one.state === 'granted' || other.state === 'granted').toBe(true);
        expect(overlap(one, other)).toBe(false);
      }
    }
    const held = bench.store.prepare<[], string>('SELECT sut_id FROM hold ORDER BY sut_id').pluck().all();
    const having = holds.filter(({ state }) => state !== 'granted').flatMap(({ suts }) => suts.map(({ id }) => id));
    expect(held).toEqual(having.sort());
    for (const { suts } of this.working) expect(suts.every((id) => held.includes(id))).toBe(true);
  }
}

const live = () => listLiveReservations(bench.store);
const holding = () => live().filter(({ state }) => state === 'granted' || state === 'active' || state === 'ending');
function overlap(a: StoredReservation, b: StoredReservation): boolean {
  const end = (row: StoredReservation) => row.end_at ?? Number.POSITIVE_INFINITY;
  return (a.begin_at ?? 0) < end(b) && (b.begin_at ?? 0) < end(a);
}

const deed = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('ask' as const),
      who: fc.constantFrom(...PEOPLE),
      suts: fc.subarray(SUTS, { minLength: 1 }),
      in: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null }),
      minutes: fc.option(fc.integer({ min: 1, max: 9 }), { nil: null, freq: 5 }),
      priority: fc.integer({ min: 0, max: 2 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('tick' as const), minutes: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('release' as const, 'force' as const, 'run' as const, 'end' as const, 'longer' as const, 'handOver' as const),
      which: fc.nat(20),
      minutes: fc.integer({ min: 1, max: 9 }),
      who: fc.constantFrom(...PEOPLE),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('aside' as const), name: fc.constantFrom(...SUTS) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), at: fc.integer({ min: 1, max: 14 }) }) },
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;

function play(world: World, one: Deed): void {
  const { reservations } = bench;
  const maintainer = { user: 'lab', origin: 'rest' as const };
  if (one.do === 'crash') world.budget.left = one.at;
  else if (one.do === 'aside') world.attempt(() => world.turnAside(`id-${one.name}`));
  else if (one.do === 'tick') world.attempt(() => bench.at(bench.time.now + one.minutes * MINUTE));
  else if (one.do === 'ask') {
    const times = one.minutes === null ? { open: true } : { durationMs: one.minutes * MINUTE };
    const begin = one.in === null ? {} : { begin: bench.time.now + one.in * MINUTE };
    world.attempt(() => bench.ask(one.who, { suts: one.suts, priority: one.priority, ...times, ...begin }));
  } else if (one.do === 'end') world.attempt(() => world.end(one.which));
  else {
    const rows = live();
    const row = rows[one.which % Math.max(1, rows.length)];
    if (row === undefined) return;
    if (one.do === 'run') world.begin(row);
    if (one.do === 'release') world.attempt(() => reservations.release(row.id, { user: row.holder, origin: 'rest' }));
    if (one.do === 'force') world.attempt(() => reservations.force({ id: row.id, reason: 'test' }, maintainer));
    if (one.do === 'handOver') {
      world.attempt(() => reservations.handOver({ id: row.id, to: one.who }, maintainer));
      world.holdersKeep();
    }
    const durationMs = one.minutes * MINUTE;
    if (one.do === 'longer')
      world.attempt(() => reservations.changeEnd({ id: row.id, durationMs, open: false, overrule: false }, maintainer));
  }
}

/** People stop, runs end, holds without end are released: then everybody who waits is served in turn. */
function heal(world: World): void {
  world.budget.left = Number.POSITIVE_INFINITY;
  for (const sutId of [...world.aside.keys()]) world.turnAside(sutId);
  for (let turn = 0; turn < 60 && live().length > 0; turn += 1) {
    while (world.working.length > 0) world.end(0);
    for (const row of live())
      if (row.state === 'active' && row.end_at === null) bench.reservations.release(row.id, { user: row.holder, origin: 'rest' });
    bench.at(bench.time.now + 10 * MINUTE);
    world.check();
  }
}

it(
  'whatever people, runs, time and crashes do: one holder a machine, none new of one set aside, no late command, no wish left',
  () => {
    let executed = 0;
    fc.assert(
      fc.property(fc.array(deed, { minLength: 5, maxLength: 24 }), (deeds) => {
        const world = new World();
        for (const one of deeds) {
          play(world, one);
          world.check();
        }
        heal(world);
        executed += world.executed;
        const rows = bench.reservations.list({ limit: 100 });
        expect(rows.filter(({ state }) => !isOver(state))).toEqual([]);
        expect(
          rows.filter(({ state }) => state === 'refused' || state === 'withdrawn').length +
            rows.filter(({ begin }) => begin !== null).length,
        ).toBeGreaterThanOrEqual(rows.length);
      }),
      { numRuns: SCHEDULES },
    );
    expect(executed).toBeGreaterThan(0);
  },
  Math.max(120_000, SCHEDULES * 150),
);
