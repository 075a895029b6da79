import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HarnessProcess } from '../../e2e/lab/harness-process.ts';
import { ensureBuilt, startProgram, type Started } from '../../e2e/lab/hub-processes.ts';
import type { HubReservation } from '../../src-shared/model/hub-directory.ts';
import type { HubStatus } from '../../src-shared/model/hub-link.ts';
import type { HubRun } from '../../src-shared/model/hub-runs.ts';
import type { RunSummary } from '../../src-shared/model/run.ts';
import type { Reservation } from '../../src-shared/model/reservation.ts';
import { isOver } from '../../src-shared/model/reservation-states.ts';
import { Visitor } from '../app/test-visitor.ts';
import { bringSuites } from '../runs/run-bench.ts';
import { newReservationId, soon as wait } from './link-bench.ts';

const PASSWORD = 'seven green bicycles';
const HOUR = 3_600_000;
const LONG = 60_000;
const SUTS = ['a', 'b'];
const SUITE = '*** Test Cases ***\nShort\n    Sleep    0.3s\n';
/** A few with every change, fifty where somebody asks for them. */
const SCHEDULES = Number(process.env['ATN_PROCESS_SCHEDULES'] ?? 3);
const SEED = Number(process.env['ATN_SEED'] ?? 20_261_123);
const soon = <T>(look: () => T | Promise<T>) => wait(look, LONG);

type Step = 'ask' | 'end' | 'run' | 'again' | 'killHub' | 'killLab' | 'rise';
interface Move {
  step: Step;
  /** Which machine, wish or run. */
  which: number;
}
const move: fc.Arbitrary<Move> = fc.record({
  step: fc.oneof(
    { weight: 5, arbitrary: fc.constant<Step>('ask') },
    { weight: 3, arbitrary: fc.constant<Step>('run') },
    ...(['end', 'again', 'rise'] as const).map((step) => ({ weight: 2, arbitrary: fc.constant<Step>(step) })),
    ...(['killHub', 'killLab'] as const).map((step) => ({ weight: 2, arbitrary: fc.constant<Step>(step) })),
  ),
  which: fc.nat(20),
});

interface Wish {
  path: string;
  body: { id: string };
  /** The hub has said yes; it may not be lost from then on. */
  taken: boolean;
}

/** A hub and a lab as processes of their own, and somebody who asks; either may be killed at any moment. */
class Pair {
  readonly place = mkdtempSync(join(tmpdir(), 'atn-pair-'));
  readonly lab = new HarnessProcess();
  readonly holds: Wish[] = [];
  readonly runs: Wish[] = [];
  /** Of all schedules; the lab keeps its runs. */
  readonly #everyRun: Wish[] = [];
  ran = 0;
  readonly ended = new Set<string>();
  kills = 0;
  #hub: Started<{ url: string; firstLink: string | null }> | null = null;
  #labIsUp = false;
  #port = '0';
  #harnessId = '';
  #testDataId = '';
  visitor = new Visitor('');

  async open(): Promise<void> {
    await this.rise();
    const secret = this.#hub?.said.firstLink?.split('#')[1] ?? '';
    await this.ask('POST', '/invitations/redeem', { secret, login: 'ada', name: 'Ada', password: PASSWORD });
    const file = join(this.place, 'suts.yaml');
    writeFileSync(file, SUTS.map((name) => `- name: ${name}\n`).join(''));
    await this.lab.atn('suts', 'add', '--file', file);
    await this.lab.atn('hub', 'share', ...SUTS);
    const { code } = await this.ask<{ code: string }>('POST', '/harnesses/codes');
    await this.lab.atn('hub', 'connect', this.visitor.url, code);
    this.#harnessId = await soon(async () => {
      const [lab] = await this.ask<{ id: string }[]>('GET', '/harnesses');
      expect(lab).toBeDefined();
      return lab?.id ?? '';
    });
    await this.ask('POST', `/harnesses/${this.#harnessId}/decisions`, { decision: 'approved' });
    await this.lab.atn('hub', 'allow-runs');
    await this.lab.atn('hub', 'retry');
    await soon(async () => expect(await this.ask<object>('GET', '/suts')).toMatchObject({ all: SUTS.length }));
    this.#testDataId = await bringSuites(this.visitor, { 'short.robot': SUITE });
  }

  async rise(): Promise<void> {
    if (this.#hub === null) {
      const settings = { ATN_HUB_CALLS: '1000000', DATABASE_URL: '', ATN_HUB_PUBLIC_URL: '' };
      this.#hub = await startProgram('hub', ['--home', join(this.place, 'hub'), '--port', this.#port], settings);
      this.#port = new URL(this.#hub.said.url).port;
      this.visitor = Object.assign(new Visitor(this.#hub.said.url), { cookie: this.visitor.cookie });
    }
    if (!this.#labIsUp) await this.lab.start();
    this.#labIsUp = true;
  }

  async play({ step, which }: Move): Promise<void> {
    const hold = this.holds[which % Math.max(1, this.holds.length)];
    switch (step) {
      case 'ask':
        return this.#wish(this.holds, '/reservations', {
          ...{ harnessId: this.#harnessId, suts: [SUTS[which % SUTS.length]], durationMs: HOUR, ifBusy: 'wait' },
        });
      case 'run':
        if (hold === undefined) return;
        if (this.#hub !== null && this.#labIsUp) await this.#decided(hold);
        return this.#wish(this.runs, '/runs', { reservationId: hold.body.id, testDataId: this.#testDataId, selection: ALL });
      case 'again':
        return this.#send([...this.holds, ...this.runs][which % Math.max(1, this.holds.length + this.runs.length)]);
      case 'end':
        return hold === undefined ? undefined : this.end(hold);
      case 'killHub':
        this.kills += this.#hub === null ? 0 : 1;
        await this.#hub?.kill();
        this.#hub = null;
        return;
      case 'killLab':
        this.kills += this.#labIsUp ? 1 : 0;
        await this.lab.kill();
        this.#labIsUp = false;
        return;
      case 'rise':
        return this.rise();
    }
  }

  #wish(list: Wish[], path: string, more: object): Promise<void> {
    const wish = { path, body: { id: newReservationId(), ...more }, taken: false };
    list.push(wish);
    if (list === this.runs) this.#everyRun.push(wish);
    return this.#send(wish);
  }

  /** As a script would: the same wish with the same id, whether or not the last answer came. */
  async #send(wish: Wish | undefined): Promise<void> {
    if (wish === undefined || this.#hub === null) return;
    const { status } = await this.visitor.call('POST', wish.path, wish.body);
    if (status === 200) wish.taken = true;
    else expect([wish.taken, status]).toEqual([false, 409]); // not held yet, or no longer
  }

  /** A person runs on what they were given: that is waited for where both sides are there to decide. */
  async #decided({ body, taken }: Wish): Promise<void> {
    if (taken) await soon(async () => expect((await this.#mine()).find(({ id }) => id === body.id)?.state).toMatch(/./u));
  }

  async end(hold: Wish): Promise<void> {
    if (this.#hub === null || !hold.taken) return;
    const { status } = await this.visitor.call('DELETE', `/reservations/${hold.body.id}`);
    expect([200, 409]).toContain(status); // 409: over already
    this.ended.add(hold.body.id);
  }

  /** Both stand again; everything is asked once more, and what became of it is the same on both sides. */
  async settle(): Promise<void> {
    await this.rise();
    await this.lab.atn('hub', 'retry');
    for (const wish of [...this.holds, ...this.runs]) await this.#send(wish);
    await soon(async () => expect((await this.lab.atn<HubStatus>('hub')).hub).toMatchObject({ link: 'up', home: 'ok', queue: 0 }));
    await soon(() => this.#agreeOnHolds());
    for (const wish of this.runs) await this.#send(wish);
    await soon(() => this.#agreeOnRuns());
    for (const hold of this.holds) await this.end(hold);
    await soon(async () => {
      await this.#agreeOnHolds();
      for (const hold of await this.#mine()) expect([hold.id, hold.over]).toEqual([hold.id, true]);
    });
  }

  async #mine(): Promise<HubReservation[]> {
    const ids = new Set(this.holds.map(({ body }) => body.id));
    return (await this.ask<HubReservation[]>('GET', '/reservations?over=true&limit=500')).filter(({ id }) => ids.has(id));
  }

  async #agreeOnHolds(): Promise<void> {
    const atHub = await this.#mine();
    expect(atHub.map(({ id }) => id).sort()).toEqual(this.holds.flatMap(({ body, taken }) => (taken ? [body.id] : [])).sort());
    const atLab = await this.lab.atn<Reservation[]>('reservations', '--all');
    expect(new Set(atLab.map(({ id }) => id)).size).toBe(atLab.length);
    for (const { id, state, suts } of atHub) {
      expect(state).not.toBeNull();
      if (this.ended.has(id)) expect(state === null || isOver(state)).toBe(true);
      const there = atLab.find((each) => each.id === id);
      // What was taken back before it arrived, the lab never had.
      if (there === undefined) expect(state).toBe('withdrawn');
      else expect([there.state, there.suts.map(({ name }) => name)]).toEqual([state, suts]);
    }
    const active = atLab.filter(({ state }) => state === 'active').flatMap(({ suts }) => suts.map(({ name }) => name));
    expect(new Set(active).size).toBe(active.length);
  }

  /** The lab numbers runs itself: what both must tell alike is which there were, when, and how they ended. */
  async #agreeOnRuns(): Promise<void> {
    const atHub: HubRun[] = [];
    for (const { body, taken } of this.#everyRun) if (taken) atHub.push(await this.ask<HubRun>('GET', `/runs/${body.id}`));
    for (const run of atHub) {
      expect(['ended', 'refused'], JSON.stringify(run)).toContain(run.told);
      if (run.told === 'refused') expect(run.refusal?.message).toMatch(/./u);
      else expect(run.publishedAt).not.toBeNull();
    }
    const ended = atHub.filter(({ told }) => told === 'ended');
    const atLab = await this.lab.atn<RunSummary[]>('runs', '--limit', '200');
    const facts = (runs: readonly RunSummary[]) => runs.map(({ createdAt, state, verdict }) => `${createdAt} ${state} ${verdict}`).sort();
    expect(facts(atLab)).toEqual(facts(ended));
    this.ran = ended.length;
  }

  async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const { status, body: answer, text } = await this.visitor.call(method, path, body);
    if (status !== 200) throw new Error(`${method} ${path}: ${status} ${text}`);
    return answer as unknown as T;
  }

  async close(): Promise<void> {
    await this.lab.leave();
    await this.#hub?.kill();
    rmSync(this.place, { recursive: true, force: true, maxRetries: 10 });
  }
}

const ALL = { include: [], exclude: [], suites: [], tests: [] };

describe('a hub and a lab that are killed at any moment', () => {
  let pair: Pair;
  beforeAll(async () => {
    ensureBuilt();
    pair = new Pair();
    await pair.open();
  }, 300_000);
  afterAll(() => pair.close());

  const schedules = fc.sample(fc.array(move, { minLength: 8, maxLength: 16 }), { numRuns: SCHEDULES, seed: SEED });
  it.each(schedules.map((schedule, number) => ({ number, schedule })))(
    'lose nothing, double nothing, and every run ends in a true state (schedule $number)',
    { timeout: 300_000 },
    async ({ schedule }) => {
      pair.holds.length = pair.runs.length = 0;
      pair.ended.clear();
      for (const each of schedule) await pair.play(each);
      await pair.settle();
    },
  );

  it('were killed, and ran something, or nothing was shown by it', () => {
    expect(pair.kills).toBeGreaterThan(0);
    expect(pair.ran).toBeGreaterThan(0);
  });
});
