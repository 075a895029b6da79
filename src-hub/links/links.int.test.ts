import { listReservations } from '../directory/list-reservations.ts';
import { listSuts } from '../directory/list-harnesses.ts';
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildAtn, HarnessProcess } from '../../e2e/lab/harness-process.ts';
import type { HubStatus } from '../../src-shared/model/hub-link.ts';
import type { Reservation } from '../../src-shared/model/reservation.ts';
import { findRemoteReservation } from '../store/links.ts';
import { decideEnrolment, makeCode } from './enrolment.ts';
import { newReservationId, openLinkBench, soon, type LinkBench } from './link-bench.ts';
import { askEnd, askHandOver, askOtherEnd, askReservation, tellOfPerson } from './wishes.ts';

beforeAll(() => buildAtn(), 300_000);

const leaving: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of leaving.splice(0).reverse()) await step();
});

const HOUR = 3_600_000;

class Lab extends HarnessProcess {
  status(): Promise<HubStatus> {
    return this.atn<HubStatus>('hub');
  }
}

/** A lab that leaves with the test. */
function newLab(home?: string): Lab {
  const lab = new Lab(home);
  leaving.push(() => lab.leave());
  return lab;
}

/** An approved lab with the SUTs a, b (shared) and c (not), its link up. */
async function labAt(bench: LinkBench): Promise<{ lab: Lab; harnessId: string }> {
  const lab = newLab();
  await lab.start();
  const file = join(lab.home, 'suts.yaml');
  writeFileSync(
    file,
    ['a', 'b', 'c']
      .map(
        (name) =>
          `- name: ${name}\n  information:\n    - {key: password, kind: secret, secret: rabbit-hole-${name}}\n    - {key: cpus, kind: number, value: 8}\n`,
      )
      .join(''),
  );
  await lab.atn('suts', 'add', '--file', file);
  await lab.atn('hub', 'share', 'a', 'b');
  const { code } = await makeCode(bench.services, 'root');
  const connected = await lab.atn<HubStatus>('hub', 'connect', bench.url, code);
  const harnessId = connected.hub?.harnessId ?? '';
  await soon(async () => expect((await lab.status()).hub?.home).toBe('notApproved'));
  await decideEnrolment(bench.services, { id: harnessId, event: 'approved' });
  await lab.atn('hub', 'retry');
  await soon(async () => expect((await lab.status()).hub?.link).toBe('up'));
  return { lab, harnessId };
}

const open = async () => {
  const bench = await openLinkBench();
  leaving.push(() => bench.close());
  return bench;
};
const wish = (harnessId: string, suts: string[], more = {}) => ({
  id: newReservationId(),
  harnessId,
  suts,
  durationMs: HOUR,
  purpose: 'fan curve',
  ifBusy: 'wait' as const,
  ...more,
});
const stateOf = async ({ services }: LinkBench, id: string) => (await findRemoteReservation(services.store, id))?.state ?? null;
const reaches = (bench: LinkBench, id: string, state: string) => soon(async () => expect(await stateOf(bench, id)).toBe(state));

/** From carol to dora at the hub, and from her back to the lab; never to who may not have it. */
async function handsOver(bench: LinkBench, { lab, harnessId }: { lab: Lab; harnessId: string }): Promise<void> {
  const { services } = bench;
  const store = services.store;
  const people = ['carol', 'dora', 'off'].map((login) => ({ id: login, login, name: login, role: 'tester', created_at: 1 }));
  for (const person of people)
    await store
      .insertInto('person')
      .values({ ...person, password_hash: null, disabled: person.login === 'off' ? 1 : 0 })
      .execute();
  const held = wish(harnessId, ['a']);
  await askReservation(services, held, 'carol');
  await reaches(bench, held.id, 'active');
  const end = (await lab.atn<Reservation[]>('reservations'))[0]?.end;
  await expect(askHandOver(services, { id: held.id, to: 'nobody', at: 'hub' }, 'carol')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(askHandOver(services, { id: held.id, to: 'off', at: 'hub' }, 'carol')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(askHandOver(services, { id: held.id, to: 'dora', at: 'hub' }, 'dora')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await askHandOver(services, { id: held.id, to: 'stranger', at: 'lab' }, 'carol');
  await soon(async () =>
    expect(JSON.parse((await findRemoteReservation(store, held.id))?.change_refused ?? 'null')).toMatchObject({ code: 'FORBIDDEN' }),
  );
  await askHandOver(services, { id: held.id, to: 'dora', at: 'hub' }, 'carol');
  await reaches(bench, held.id, 'ended');
  const [given] = await soon(async () => {
    const rows = (await listReservations(services, { person: 'dora', over: false, limit: 10 })).filter(({ state }) => state === 'active');
    expect(rows).toMatchObject([{ suts: ['a'], end, purpose: 'fan curve' }]);
    return rows;
  });
  const { maintainedBy } = (await lab.atn<{ name: string; maintainedBy: string }[]>('suts')).find(({ name }) => name === 'a') ?? {};
  await askHandOver(services, { id: given?.id ?? '', to: maintainedBy ?? '', at: 'lab' }, 'dora');
  await soon(async () => {
    expect(await lab.atn<Reservation[]>('reservations')).toMatchObject([{ holder: maintainedBy, suts: [{ name: 'a' }], state: 'active' }]);
  });
  await reaches(bench, given?.id ?? '', 'ended');
  const [kept] = await lab.atn<Reservation[]>('reservations');
  await lab.atn('reservations', 'end', kept?.id ?? '', '--force', 'tried');
}

describe('a harness and its hub, over a real socket', () => {
  it(
    'enrols, is approved, shows its machines without their secrets, and decides what remote people ask',
    { timeout: 120_000 },
    async () => {
      const bench = await open();
      const { lab, harnessId } = await labAt(bench);
      const { services } = bench;
      await soon(async () => {
        const shown = await services.store.selectFrom('directory_sut').selectAll().orderBy('name').execute();
        expect(shown.map(({ name }) => name)).toEqual(['a', 'b']);
        expect(JSON.stringify(shown)).not.toContain('rabbit-hole');
        expect(JSON.parse(shown[0]?.body ?? '')).toMatchObject({ fields: [{ key: 'cpus', value: 8 }], heldBy: null });
        const { rows } = await listSuts(services, { search: '', free: false, limit: 10 });
        expect(rows[0]?.zone).toBe(new Intl.DateTimeFormat().resolvedOptions().timeZone);
      });
      const first = wish(harnessId, ['a']);
      await askReservation(services, first, 'alice');
      await askReservation(services, first, 'alice');
      await reaches(bench, first.id, 'active');
      expect(await lab.atn<Reservation[]>('reservations')).toMatchObject([
        { id: first.id, holder: expect.stringContaining('alice @ 127.0.0.1') as string, state: 'active' },
      ]);
      const second = wish(harnessId, ['a', 'b']);
      await askReservation(services, second, 'bob');
      await reaches(bench, second.id, 'waiting');
      await expect(askReservation(services, wish(harnessId, ['c']), 'bob')).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(askEnd(services, first.id, 'bob')).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await askOtherEnd(services, { id: first.id, end: null }, 'alice');
      await soon(async () => {
        const row = await findRemoteReservation(services.store, first.id);
        expect(row?.change_asked_at).toBeNull();
        expect(JSON.parse(row?.change_refused ?? 'null')).toMatchObject({ code: 'CONFLICT' });
      });
      await askEnd(services, first.id, 'alice');
      await reaches(bench, first.id, 'ended');
      await reaches(bench, second.id, 'active');
      await tellOfPerson(services, 'bob', true);
      await reaches(bench, second.id, 'ended');
      await handsOver(bench, { lab, harnessId });
      await lab.atn('hub', 'pause');
      const paused = wish(harnessId, ['a']);
      await askReservation(services, paused, 'alice');
      await reaches(bench, paused.id, 'refused');
    },
  );

  it('loses and doubles nothing when either side is killed, and lets no second history in', { timeout: 180_000 }, async () => {
    const bench = await open();
    const { lab, harnessId } = await labAt(bench);
    const { services } = bench;
    const held = wish(harnessId, ['a']);
    await askReservation(services, held, 'alice');
    await reaches(bench, held.id, 'active');
    await lab.kill();
    const copy = mkdtempSync(join(tmpdir(), 'atn-copy-'));
    cpSync(lab.home, copy, { recursive: true });
    const away = wish(harnessId, ['b']);
    await askReservation(services, away, 'alice');
    const dropped = wish(harnessId, ['b']);
    await askReservation(services, dropped, 'bob');
    await askEnd(services, dropped.id, 'bob');
    await askEnd(services, held.id, 'alice');
    await bench.restart();
    await lab.start();
    await reaches(bench, away.id, 'active');
    await reaches(bench, dropped.id, 'withdrawn');
    await reaches(bench, held.id, 'ended');
    const known = await lab.atn<Reservation[]>('reservations', '--all');
    expect(known.map(({ id }) => id).sort()).toEqual([held.id, away.id].sort());

    await lab.kill();
    const second = newLab(copy);
    await second.start();
    expect((await second.status()).hub?.home).toBe('copied');
    await second.atn('hub', 'moved');
    await soon(async () => expect((await second.status()).hub?.home).toBe('fenced'));
    expect((await services.store.selectFrom('harness').select('doubt_since').executeTakeFirst())?.doubt_since).not.toBeNull();
    await second.kill();

    await lab.start();
    await soon(async () => expect((await lab.status()).hub).toMatchObject({ link: 'up', home: 'ok' }));
    const began = performance.now();
    await decideEnrolment(services, { id: harnessId, event: 'revoked' });
    await soon(async () => expect((await lab.status()).hub?.home).toBe('revoked'));
    expect((await lab.atn<Reservation[]>('reservations')).length).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
