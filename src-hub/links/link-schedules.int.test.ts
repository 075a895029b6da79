import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Changes } from '../../src-main/changes.ts';
import type { SocketEvents } from '../../src-main/hub-link/open-socket.ts';
import { createHub, type Hub } from '../../src-main/services/hub/create-hub.ts';
import { createReservations, type Reservations } from '../../src-main/services/reservations/create-reservations.ts';
import { findHub } from '../../src-main/store/hub.ts';
import { openStore as openHome, type Store } from '../../src-main/store/open.ts';
import { listReservations, type StoredReservation } from '../../src-main/store/reservations.ts';
import { saveSut } from '../../src-main/store/suts.ts';
import { createSecretStore } from '../../src-main/services/secrets/secret-store.ts';
import { DEFAULT_POLICY } from '../../src-shared/model/reservation-decide.ts';
import { isHold, isOver } from '../../src-shared/model/reservation-states.ts';
import { ReservationRequest } from '../../src-shared/model/reservation.ts';
import { GroupedWrites } from '../store/grouped-writes.ts';
import { openStore } from '../store/open-store.ts';
import { mailChain, type LinkStore } from '../store/links.ts';
import { decideEnrolment, makeCode, takeEnrolment } from './enrolment.ts';
import type { Link } from './link.ts';
import { Wire } from './wire-bench.ts';
import { LinkCalls } from './link-calls.ts';
import { LinkNotices, type LinkServices } from './link-services.ts';
import { askEnd, askHandOver, askOtherEnd, askReservation } from './wishes.ts';

const folder = mkdtempSync(join(tmpdir(), 'atn-schedules-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const SUTS = ['a', 'b', 'c'];
const HOUR = 3_600_000;
const SCHEDULES = Number(process.env['ATN_SCHEDULES'] ?? 2000);
/** The same seed plays the same schedules; another one looks for what this one does not find. */
const SEED = Number(process.env['ATN_SEED'] ?? 20_261_123);
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Runs have schedules of their own. */
const never = () => Promise.reject(new Error('no runs here'));
const NO_FILES = { fetchFile: never, sendFile: never, sendJson: never };
const NO_RUNS = {
  ...{ start: never, rerun: never, stop: never, find: () => undefined, importZip: never, hasRevision: () => false },
  ...{ addLibrary: never, findImage: () => null, importImage: never },
  ...{ lane: never, consoleFile: () => '', collect: never },
};

const noConsole = () => {
  throw new Error('not here');
};
const NO_CONSOLES = {
  ...{ attach: noConsole, state: noConsole, bytes: noConsole, takeWriter: noConsole, releaseWriter: noConsole, write: noConsole },
  note: noConsole,
};

/** A harness and a hub on real stores, and whatever is between them. */
class World {
  readonly file = join(folder, `${randomUUID()}.db`);
  readonly asked: { id: string; ended: boolean }[] = [];
  readonly time = { now: 1_000_000_000 };
  readonly services: LinkServices;
  #home!: Store;
  #hub!: Hub;
  #reservations!: Reservations;
  #wires: { wire: Wire; link: Link }[] = [];
  harnessId = '';

  constructor(store: LinkStore) {
    this.services = {
      store,
      heard: new GroupedWrites(store, 0),
      hubName: () => 'Hub',
      now: () => this.time.now,
      notices: new LinkNotices(),
      calls: new LinkCalls(),
    };
    this.services.notices.on(() => this.look());
    copyFileSync(join(folder, 'template.db'), this.file);
    this.start();
  }

  start(): void {
    this.#home = openHome({ file: this.file, backups: folder, now: 1 });
    this.#home.write.pragma('synchronous = OFF');
    const { write: store } = this.#home;
    const changes = new Changes();
    const clock = { now: () => this.time.now, doubt: () => null, trust: () => undefined };
    const done = () => Promise.resolve();
    const deeds = {
      stopRun: done,
      isIdle: () => true,
      endUse: done,
      powerOff: done,
      quarantine: done,
      provision: () => Promise.resolve({ ended: true, problem: null }),
    };
    const policy = () => ({ ...DEFAULT_POLICY, remindMinutes: 0, ladderMs: 1000 });
    this.#reservations = createReservations({ store, changes, clock, log: quiet, policy, deeds });
    const backend = { id: 'plain', protection: 'none', strong: false, seal: (text: string) => Promise.resolve(Buffer.from(text)) };
    const secrets = createSecretStore(store, [{ ...backend, open: (sealed: Buffer) => Promise.resolve(sealed.toString()) }]);
    this.#hub = createHub({
      ...{ store, changes, clock, log: quiet, secrets, reservations: this.#reservations, appVersion: '1', harnessName: () => 'lab' },
      ...{ machineMark: 'here', arriving: join(folder, 'arriving'), remoteRuns: NO_RUNS, consoles: NO_CONSOLES },
      wire: () => Promise.resolve({ openSocket: (_url, events) => this.#dial(events), postJson: this.#post, ...NO_FILES }),
    });
    this.#hub.start();
  }

  readonly #post = async (_url: string, message: unknown) => {
    const answer = await takeEnrolment(this.services, message);
    return { status: answer === null ? 403 : 200, body: answer };
  };

  #dial(events: SocketEvents) {
    const wire = new Wire();
    const { link, socket } = wire.dial(this.services, events);
    this.#wires.push({ wire, link });
    return socket;
  }

  async enrol(): Promise<void> {
    this.#hub.share({ suts: SUTS, shared: true });
    const { code } = await makeCode(this.services, 'root');
    const { hub } = await this.#hub.connect({ url: 'http://hub', code });
    this.harnessId = hub?.harnessId ?? '';
    await decideEnrolment(this.services, { id: this.harnessId, event: 'approved' });
    await this.heal();
  }

  look(): void {
    for (const { link } of this.#wires) void link.look();
  }

  async deliver(count: number): Promise<void> {
    for (let left = count; left > 0; left -= 1) {
      for (const { wire } of this.#wires) wire.next();
      await turn();
    }
  }

  cut(): void {
    for (const { wire } of this.#wires.splice(0)) wire.cut();
  }

  /** The link goes just when mail is applied and its answer on its way: the hub sends it again. */
  async loseAnswer(): Promise<void> {
    const counted = () => findHub(this.#home.read)?.mail_seq ?? 0;
    const before = counted();
    this.look();
    for (let left = 30; left > 0 && counted() === before; left -= 1) await this.deliver(1);
    if (counted() > before) this.cut();
  }

  crash(): void {
    this.cut();
    this.#hub.close();
    this.#reservations.close();
    this.#home.close();
    this.start();
  }

  async ask(sut: number, person: string, more: object = {}): Promise<void> {
    const wish = {
      id: randomUUID(),
      harnessId: this.harnessId,
      suts: [SUTS[sut % 3] ?? 'a'],
      durationMs: HOUR,
      purpose: '',
      ifBusy: 'wait' as const,
      ...more,
    };
    const said = await askReservation(this.services, wish, person).then(
      () => true,
      () => false,
    );
    if (said) this.asked.push({ id: wish.id, ended: false });
  }

  async end(index: number): Promise<void> {
    const one = this.asked[index % Math.max(1, this.asked.length)];
    const row = one && (await this.services.store.selectFrom('remote_reservation').selectAll().where('id', '=', one.id).executeTakeFirst());
    if (one === undefined || row === undefined) return;
    one.ended = await askEnd(this.services, one.id, row.person).then(
      () => true,
      () => one.ended,
    );
  }

  async change(index: number): Promise<void> {
    const one = this.asked[index % Math.max(1, this.asked.length)];
    if (one !== undefined) await askOtherEnd(this.services, { id: one.id, end: this.time.now + 2 * HOUR }, 'alice').catch(() => undefined);
  }

  /** To another person of the hub, to who maintains it at the lab, or to somebody whom nobody knows. */
  async handOver(index: number): Promise<void> {
    const one = this.asked[index % Math.max(1, this.asked.length)];
    const row = one && (await this.services.store.selectFrom('remote_reservation').selectAll().where('id', '=', one.id).executeTakeFirst());
    if (one === undefined || row === undefined) return;
    const to = [
      { at: 'hub' as const, to: row.person === 'alice' ? 'bob' : 'alice' },
      { at: 'lab' as const, to: 'owner' },
      { at: 'lab' as const, to: 'stranger' },
    ][index % 3] ?? { at: 'hub' as const, to: 'bob' };
    await askHandOver(this.services, { id: one.id, ...to }, row.person).catch(() => undefined);
  }

  local(sut: number): void {
    const request = ReservationRequest.parse({ suts: [SUTS[sut % 3]], durationMs: HOUR / 2 });
    this.#reservations.request(request, { user: 'owner', origin: 'cli' });
  }

  tick(ms: number): void {
    this.time.now += ms;
    this.#reservations.settle();
  }

  backup(): void {
    rmSync(`${this.file}.backup`, { force: true });
    this.#home.write.prepare('VACUUM INTO ?').run(`${this.file}.backup`);
  }

  restore(): void {
    if (!existsSync(`${this.file}.backup`)) return;
    this.cut();
    this.#hub.close();
    this.#reservations.close();
    this.#home.close();
    for (const ending of ['', '-wal', '-shm']) rmSync(`${this.file}${ending}`, { force: true });
    copyFileSync(`${this.file}.backup`, this.file);
    this.start();
  }

  async connect(): Promise<void> {
    if (this.homeState() !== 'fenced') await this.#hub.retry();
  }

  /** The link stands again, and everything on its way arrives. */
  async heal(): Promise<void> {
    for (let round = 0; round < 400; round += 1) {
      if (this.homeState() === 'fenced') return;
      if (this.#hub.status().hub?.link !== 'up') await this.#hub.retry();
      this.look();
      await this.deliver(2);
      if (round > 6 && (await this.isQuiet())) return;
    }
  }

  private async isQuiet(): Promise<boolean> {
    const row = await this.services.store.selectFrom('harness').selectAll().where('id', '=', this.harnessId).executeTakeFirst();
    const hub = this.#hub.status().hub;
    return row?.mail_acked === row?.mail_head && hub?.link === 'up' && hub.queue === 0;
  }

  homeState(): string | undefined {
    return findHub(this.#home.read)?.state;
  }

  /** What is true after every step, however the link stands. */
  async check(): Promise<void> {
    const rows = listReservations(this.#home.read, { limit: 1000 });
    for (const sut of SUTS) {
      const holds = rows.filter((row) => isHold(row.state) && row.suts.some(({ name }) => name === sut));
      expect(holds.filter(({ state }) => state !== 'granted').length, 'one holder a SUT').toBeLessThanOrEqual(1);
      for (const one of holds)
        for (const other of holds)
          if (one.number < other.number)
            expect(
              (one.end_at ?? Infinity) <= (other.begin_at ?? 0) || (other.end_at ?? Infinity) <= (one.begin_at ?? 0),
              'holds never overlap',
            ).toBe(true);
    }
    const row = await this.services.store.selectFrom('harness').selectAll().where('id', '=', this.harnessId).executeTakeFirst();
    const hub = findHub(this.#home.read);
    if (this.homeState() === 'ok' && hub?.store_gen === row?.store_gen && !this.restored) {
      expect(hub?.acked ?? 0, 'what was acknowledged is durable').toBeLessThanOrEqual(row?.seq ?? 0);
      if (row !== undefined && hub !== undefined && row.mail_gen === hub.mail_gen) {
        expect(row.mail_acked).toBeLessThanOrEqual(hub.mail_seq);
        const chain = await mailChain(this.services.store, { id: row.id, gen: row.mail_gen, seq: hub.mail_seq });
        expect(hub.mail_chain, 'each item of mail is counted once, in order').toBe(chain);
      }
    }
    const known = await this.services.store.selectFrom('remote_reservation').select(['id', 'state']).execute();
    for (const { id, state } of known)
      if (state !== null && isHold(state) && !this.restored)
        expect(
          rows.find((each) => each.id === id),
          'nothing is shown as granted that no harness granted',
        ).toBeDefined();
  }

  restored = false;

  /** After healing: each wish has its decision, and both sides say the same. */
  async settled(): Promise<void> {
    const remote = listReservations(this.#home.read, { limit: 1000 });
    if (this.homeState() === 'fenced') {
      expect(this.restored, 'only what was restored is fenced').toBe(true);
      expect(remote.filter(({ holder, state }) => holder.includes('@') && (state === 'granted' || state === 'active')).length).toBe(0);
      return;
    }
    expect(remote.length, 'one id, one reservation').toBe(new Set(remote.map(({ id }) => id)).size);
    for (const { id, ended } of this.asked) {
      const said = await this.services.store.selectFrom('remote_reservation').selectAll().where('id', '=', id).executeTakeFirst();
      const here = remote.find((row) => row.id === id);
      expect(said?.state, 'every wish has a decision').not.toBeNull();
      if (here !== undefined) expect([said?.state, said?.revision]).toEqual([here.state, here.revision]);
      if (ended) expect(said?.state != null && isOver(said.state), 'what was ended is over').toBe(true);
    }
    await this.handedOver(remote);
  }

  /** What was handed over within the hub is known there as what it is here; nobody has what no lab gave. */
  private async handedOver(remote: StoredReservation[]): Promise<void> {
    const known = await this.services.store.selectFrom('remote_reservation').selectAll().where('asked', 'is', null).execute();
    const given = remote.filter(({ id, holder }) => holder.includes('@') && !this.asked.some((one) => one.id === id));
    expect(known.map(({ id, state }) => [id, state]).sort()).toEqual(given.map(({ id, state }) => [id, state]).sort());
    for (const { holder } of remote) expect(holder, 'only to who may have it').not.toBe('stranger');
    counted.handedOver += given.length;
  }

  close(): void {
    this.cut();
    this.#hub.close();
    this.#reservations.close();
    this.#home.close();
    rmSync(this.file, { force: true });
  }
}

const moves = fc.oneof(
  fc.record({ kind: fc.constant('ask' as const), n: fc.nat(5) }),
  fc.record({ kind: fc.constantFrom('end' as const, 'change' as const, 'local' as const), n: fc.nat(5) }),
  fc.record({ kind: fc.constant('handOver' as const), n: fc.nat(5) }),
  fc.record({ kind: fc.constant('deliver' as const), n: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constantFrom('cut' as const, 'connect' as const, 'crash' as const, 'tick' as const), n: fc.nat(3) }),
  fc.record({ kind: fc.constant('loseAnswer' as const), n: fc.nat(3) }),
  fc.record({ kind: fc.constantFrom('backup' as const, 'restore' as const), n: fc.nat(3) }),
);
type Move = typeof moves extends fc.Arbitrary<infer T> ? T : never;

async function step(world: World, { kind, n }: Move): Promise<void> {
  if (kind === 'ask') return world.ask(n, n % 2 === 0 ? 'alice' : 'bob');
  if (kind === 'end') return world.end(n);
  if (kind === 'change') return world.change(n);
  if (kind === 'handOver') return world.handOver(n);
  if (kind === 'local') return world.local(n);
  if (kind === 'deliver') return world.deliver(n);
  if (kind === 'cut') return world.cut();
  if (kind === 'loseAnswer') return world.loseAnswer();
  if (kind === 'crash') return world.crash();
  if (kind === 'tick') return world.tick(n * 20 * 60_000);
  if (kind === 'backup') return world.backup();
  if (kind === 'restore') {
    world.restored = true;
    return world.restore();
  }
  return world.connect();
}

/** What all schedules together came to: a schedule in which nothing happens proves nothing. */
const counted = { schedules: 0, moves: 0, wishes: 0, handedOver: 0, fenced: 0 };

let hubStore: LinkStore;
beforeAll(async () => {
  const home = openHome({ file: join(folder, 'template.db'), backups: folder, now: 1 });
  for (const name of SUTS) {
    const facts = {
      role: 'sut' as const,
      information: [],
      tags: [],
      maintainedBy: 'owner',
      parentId: null,
      endpoints: [],
      createdAt: 1,
      changedAt: 1,
    };
    saveSut(home.write, { id: `id-${name}`, name, ...facts });
  }
  home.write.pragma('wal_checkpoint(TRUNCATE)');
  home.close();
  hubStore = await openStore({ kind: 'sqlite', file: ':memory:' });
  const person = { role: 'tester', password_hash: null, disabled: 0, created_at: 1 };
  for (const login of ['alice', 'bob'])
    await hubStore
      .insertInto('person')
      .values({ id: login, login, name: login, ...person })
      .execute();
});
afterAll(() => hubStore.destroy());

describe('a harness and its hub under any schedule', () => {
  it('lose nothing, double nothing, and agree once the link stands', { timeout: 300_000 + SCHEDULES * 1000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(moves, { maxLength: 40, size: 'max' }), async (schedule) => {
        for (const table of ['parked_fact', 'remote_reservation', 'directory_sut', 'mail_item', 'harness_code', 'harness'] as const)
          await hubStore.deleteFrom(table).execute();
        const world = new World(hubStore);
        try {
          await world.enrol();
          for (const move of schedule) {
            await step(world, move);
            await world.check();
          }
          await world.heal();
          await world.settled();
          counted.schedules += 1;
          counted.moves += schedule.length;
          counted.wishes += world.asked.length;
          counted.fenced += world.homeState() === 'fenced' ? 1 : 0;
        } finally {
          world.close();
        }
      }),
      { numRuns: SCHEDULES, seed: SEED },
    );
    process.stdout.write(`${JSON.stringify({ seed: SEED, ...counted })}\n`);
    expect(counted.handedOver).toBeGreaterThan(0);
  });
});
