import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startPostgres, type Postgres } from '../../e2e/lab/postgresql.ts';
import type { HubReservation } from '../../src-shared/model/hub-directory.ts';
import type { HubStatus } from '../../src-shared/model/hub-link.ts';
import { isHold } from '../../src-shared/model/reservation-states.ts';
import { checkHistory, type Operation } from '../testing/check-history.ts';
import { atn, ensureBuilt, startProgram, startProxy, type Started } from '../../e2e/lab/hub-processes.ts';
import { Visitor } from './test-visitor.ts';

const PASSWORD = 'seven green bicycles';
const SUTS = Array.from({ length: 20 }, (_unused, index) => `sut-${index}`);
const CLIENTS = 200;
const PEOPLE = 8;
const HOUR = 3_600_000;
const place = mkdtempSync(join(tmpdir(), 'atn-processes-'));
const soon = <T>(look: () => T | Promise<T>) => vi.waitFor(look, { timeout: 60_000, interval: 100 });

let postgres: Postgres;
let proxy: Awaited<ReturnType<typeof startProxy>>;
let lab: Started<unknown>;
let first: Started<{ url: string; firstLink: string | null }>;
let second: typeof first;
const home = join(place, 'lab');
/** At the proxy, and at either process. */
let admin: Visitor;
let here: Visitor;
let there: Visitor;

const startHub = (name: string): Promise<typeof first> =>
  startProgram('hub', ['--home', join(place, name), '--port', '0'], {
    ...{ DATABASE_URL: postgres.url, ATN_HUB_CALLS: '10000000', ATN_HUB_TRIES: '10000', ATN_HUB_PUBLIC_URL: '' },
  });

beforeAll(async () => {
  ensureBuilt();
  postgres = await startPostgres();
  first = await startHub('first');
  second = await startHub('second');
  proxy = await startProxy([first, second].map(({ said }) => Number(new URL(said.url).port)));
  admin = new Visitor(proxy.url);
  // The link that was printed last is the one that is good.
  const secret = second.said.firstLink?.split('#')[1];
  const joined = await admin.call('POST', '/invitations/redeem', { secret, login: 'root', name: 'Ada', password: PASSWORD });
  expect(joined.status).toBe(200);
  [here, there] = [first, second].map(({ said }) => Object.assign(new Visitor(said.url), { cookie: admin.cookie })) as [Visitor, Visitor];
  lab = await startProgram('atn', ['serve', '--home', home]);
  writeFileSync(join(place, 'suts.yaml'), SUTS.map((name) => `- name: ${name}\n`).join(''));
  await atn(home, 'suts', 'add', '--file', join(place, 'suts.yaml'));
  await atn(home, 'hub', 'share', ...SUTS);
}, 300_000);
afterAll(async () => {
  await lab.kill();
  await Promise.all([first.kill(), second.kill()]);
  proxy.close();
  await postgres.stop();
  rmSync(place, { recursive: true, force: true, maxRetries: 10 });
});

const wish = (harnessId: string, sut: string) => ({ id: crypto.randomUUID(), harnessId, suts: [sut], durationMs: HOUR, ifBusy: 'refuse' });
const linkOf = async () => (await atn<HubStatus>(home, 'hub')).hub?.link;

describe('two processes of one hub', () => {
  let harnessId = '';

  it('let a person at one reach a lab that is linked to the other', { timeout: 120_000 }, async () => {
    const { body } = await there.call('POST', '/harnesses/codes');
    const connected = await atn<HubStatus>(home, 'hub', 'connect', first.said.url, String(body['code']));
    harnessId = connected.hub?.harnessId ?? '';
    expect((await there.call('POST', `/harnesses/${harnessId}/decisions`, { decision: 'approved' })).status).toBe(200);
    await atn(home, 'hub', 'retry');
    await soon(async () => expect((await there.call('GET', '/suts')).body['all']).toBe(SUTS.length));
    const asked = wish(harnessId, 'sut-0');
    expect((await there.call('POST', '/reservations', asked)).status).toBe(200);
    const mine = async (visitor: Visitor) => (await visitor.call('GET', '/reservations?over=true')).body as unknown as HubReservation[];
    await soon(async () => expect((await mine(there)).map(({ state }) => state)).toEqual(['active']));
    expect((await mine(here)).map(({ state }) => state)).toEqual(['active']);
    await there.call('DELETE', `/reservations/${asked.id}`);
    await soon(async () => expect((await mine(here)).map(({ state }) => state)).toEqual(['ended']));
  });

  it('end a session at once, whichever process its pages are connected to', { timeout: 120_000 }, async () => {
    const other = new Visitor(first.said.url);
    await other.call('POST', '/sessions', { login: 'root', password: PASSWORD });
    const socket = await other.socket();
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const sessions = (await other.call('GET', '/sessions')).body as unknown as { id: string; own: boolean }[];
    const id = sessions.find(({ own }) => own)?.id ?? '';
    expect((await there.call('DELETE', `/sessions/${id}`)).status).toBe(200);
    expect(await closed).toBe(4401);
  });

  it(
    `grant ${SUTS.length} machines to ${CLIENTS} clients so that some order without two holders explains it`,
    { timeout: 400_000 },
    async () => {
      const people = await Promise.all(Array.from({ length: PEOPLE }, (_unused, index) => newPerson(`person${index}`)));
      const histories = new Map<string, Operation[]>(SUTS.map((sut) => [sut, []]));
      await Promise.all(
        Array.from({ length: CLIENTS }, (_unused, index) => beClient(harnessId, people[index % PEOPLE], { index, histories })),
      );
      for (const person of people) person.stop();
      for (const [sut, history] of histories) expect({ sut, wrong: checkHistory(history) }).toEqual({ sut, wrong: null });
      const all = [...histories.values()].flat();
      expect(all.filter(({ did }) => did === 'reserved').length).toBe(all.filter(({ did }) => did === 'released').length);
      expect(all.filter(({ did }) => did === 'refused').length).toBeGreaterThan(20);
      await soon(async () => expect((await here.call('GET', '/suts?free=true')).body['all']).toBe(SUTS.length));
    },
  );

  it('go on with the lab at the other when one is killed, and cut it off at both when it is revoked', { timeout: 180_000 }, async () => {
    await atn(home, 'hub', 'leave');
    await atn(home, 'hub', 'share', ...SUTS);
    const { body } = await there.call('POST', '/harnesses/codes');
    const connected = await atn<HubStatus>(home, 'hub', 'connect', proxy.url, String(body['code']));
    const id = connected.hub?.harnessId ?? '';
    await there.call('POST', `/harnesses/${id}/decisions`, { decision: 'approved' });
    await atn(home, 'hub', 'retry');
    await soon(async () => expect(await linkOf()).toBe('up'));
    const asked = wish(id, 'sut-3');
    await soon(async () => expect((await there.call('POST', '/reservations', asked)).status).toBe(200));
    const stateOf = async () => {
      const rows = (await there.call('GET', '/reservations?over=true')).body as unknown as HubReservation[];
      return rows.find((row) => row.id === asked.id)?.state;
    };
    await soon(async () => expect(await stateOf()).toBe('active'));
    await first.kill();
    await soon(async () => {
      await atn(home, 'hub', 'retry');
      expect(await linkOf()).toBe('up');
    });
    expect((await there.call('POST', '/reservations', { ...wish(id, 'sut-4'), purpose: 'after' })).status).toBe(200);
    expect((await there.call('POST', `/harnesses/${id}/decisions`, { decision: 'revoked' })).status).toBe(200);
    await soon(async () => expect((await atn<HubStatus>(home, 'hub')).hub?.home).toBe('revoked'));
    const { shared, hub } = await atn<HubStatus>(home, 'hub');
    expect([shared.length, hub?.remote]).toEqual([SUTS.length, 0]);
  });
});

interface Person {
  /** Through the proxy, with a token of this person. */
  call: Visitor['call'];
  /** Resolves when `decided` says so of the reservation, with the moment at which that was seen. */
  until(id: string, decided: (row: HubReservation) => boolean): Promise<HubReservation>;
  stop(): void;
}

/** Many clients of one person share one look at how their wishes stand. */
async function newPerson(login: string): Promise<Person> {
  const { body } = await admin.call('POST', '/invitations', { role: 'tester' });
  const visitor = new Visitor(proxy.url);
  await visitor.call('POST', '/invitations/redeem', { secret: body['secret'], login, name: `Name of ${login}`, password: PASSWORD });
  const waiting = new Set<(rows: readonly HubReservation[]) => void>();
  let over = false;
  const look = async () => {
    while (!over) {
      const rows = (await visitor.call('GET', '/reservations?over=true&limit=500')).body as unknown as HubReservation[];
      for (const tell of [...waiting]) tell(rows);
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  };
  void look().catch(() => undefined);
  const until: Person['until'] = (id, decided) =>
    new Promise((resolve) => {
      const tell = (rows: readonly HubReservation[]) => {
        const row = rows.find((one) => one.id === id);
        if (row === undefined || !decided(row)) return;
        waiting.delete(tell);
        resolve(row);
      };
      waiting.add(tell);
    });
  return { call: (...words) => visitor.call(...words), until, stop: () => (over = true) };
}

/** Asks for machines one after the other; gives back what it got. */
async function beClient(
  harnessId: string,
  person: Person | undefined,
  { index, histories }: { index: number; histories: Map<string, Operation[]> },
): Promise<void> {
  if (person === undefined) throw new Error('nobody');
  for (const round of [0, 1]) {
    const sut = SUTS[(index * 7 + round * 3) % SUTS.length] ?? '';
    const asked = wish(harnessId, sut);
    const note = (did: Operation['did'], from: number) => histories.get(sut)?.push({ id: asked.id, did, from, to: performance.now() });
    const from = performance.now();
    expect((await person.call('POST', '/reservations', asked)).status).toBe(200);
    const { state } = await person.until(asked.id, (row) => row.state === 'refused' || (row.state !== null && isHold(row.state)));
    note(state === 'refused' ? 'refused' : 'reserved', from);
    if (state === 'refused') continue;
    const begun = performance.now();
    expect((await person.call('DELETE', `/reservations/${asked.id}`)).status).toBe(200);
    await person.until(asked.id, (row) => row.over);
    note('released', begun);
  }
}
