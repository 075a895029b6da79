import type { Kysely } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildAtn } from '../../e2e/lab/harness-process.ts';
import { startPostgres, type Postgres } from '../../e2e/lab/postgresql.ts';
import type { HubNotices } from '../../src-shared/model/hub-notice.ts';
import type { ReservationFact } from '../../src-shared/protocol/items.ts';
import { LinkCalls } from '../links/link-calls.ts';
import { LinkNotices, type LinkServices } from '../links/link-services.ts';
import { soon } from '../links/link-bench.ts';
import { LONG, Site } from '../runs/run-bench.ts';
import { GroupedWrites } from '../store/grouped-writes.ts';
import { findHarness, findRemoteReservation } from '../store/links.ts';
import { openStore } from '../store/open-store.ts';
import type { HubTables } from '../store/tables.ts';
import { listNotices, markNoticesRead } from './list-notices.ts';
import { lookAtClock } from './notice-clock.ts';
import { tellOfReservation } from './tell.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 10, 2, 8);

describe.each(['SQLite', 'PostgreSQL'])('what people are told of, on %s', (kind) => {
  let postgres: Postgres | null = null;
  let store: Kysely<HubTables>;
  let services: LinkServices;
  let now = START;
  beforeAll(async () => {
    postgres = kind === 'PostgreSQL' ? await startPostgres() : null;
    store = await openStore(postgres === null ? { kind: 'sqlite', file: ':memory:' } : { kind: 'postgres', url: postgres.url });
    services = {
      store,
      heard: new GroupedWrites(store, 0),
      hubName: () => 'Hub',
      now: () => now,
      notices: new LinkNotices(),
      calls: new LinkCalls(),
    };
    const counted = { seq: 0, chain: '', mail_gen: 'g', mail_head: 0, mail_chain: '', mail_acked: 0 };
    const rest = { store_gen: null, opened: 1, paused: 0, policy: null, doubt_since: null, clock_offset: 0, incarnation: 0 };
    const lab = { id: 'lab', name: 'Lab A', public_key: '', state: 'approved' as const, session: 's', last_heard: START, app_version: '1' };
    await store
      .insertInto('harness')
      .values({ ...lab, ...counted, ...rest, zone: '', machine_mark: '', presented_at: 1 })
      .execute();
    await store.insertInto('directory_sut').values({ harness_id: 'lab', id: 'sut', name: 'rack-1', body: '{}' }).execute();
  }, 120_000);
  afterAll(async () => {
    await store.destroy();
    await postgres?.stop();
  });

  const factOf = (id: string, more: Partial<ReservationFact> = {}): ReservationFact => ({
    ...{ id, person: 'aiko', revision: 1, state: 'active', reason: null, waiting: null, purpose: '' },
    ...{ suts: [{ id: 'sut', name: 'rack-1' }], begin: START, end: START + 2 * HOUR },
    ...more,
  });
  async function says(fact: ReservationFact, { endAsked = false, askedAt = START - HOUR } = {}): Promise<void> {
    const harness = await findHarness(store, 'lab');
    if (harness === undefined) throw new Error('There is no lab.');
    await store.transaction().execute(async (write) => {
      const before = await findRemoteReservation(write, fact.id);
      await tellOfReservation(write, before, { harness, fact, now });
      const none = { asked: null, mail_gen: 'g', mail_seq: 0, change_id: null, change_asked_at: null, change_refused: null };
      const said = { state: fact.state, revision: fact.revision, fact: JSON.stringify(fact), told_at: now };
      const row = { id: fact.id, harness_id: 'lab', person: fact.person, asked_at: askedAt, ...none, ...said };
      await write
        .insertInto('remote_reservation')
        .values({ ...row, end_asked_at: endAsked ? now : null })
        .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...said, end_asked_at: endAsked ? now : null }))
        .execute();
    });
  }
  const told = async (person = 'aiko') => (await listNotices(services, person, 50)).notices.map(({ kind: of }) => of);

  it('tells what the lab decided and what it did not, once, and nobody of what they did themselves', async () => {
    await says(factOf('one', { state: 'requested' }));
    await says(factOf('one', { state: 'waiting' }));
    expect(await told()).toEqual([]);
    await says(factOf('one', { state: 'granted' }));
    await says(factOf('one'));
    await says(factOf('one', { revision: 2 }));
    expect(await told()).toEqual(['granted']);
    now += 1;
    await says(factOf('no', { state: 'requested' }));
    await says(factOf('no', { state: 'refused', reason: { code: 'busy', message: 'Bo has it.' } }));
    expect((await listNotices(services, 'aiko', 1)).notices).toMatchObject([
      { kind: 'refused', subject: 'no', readAt: null, body: { harness: 'Lab A', suts: ['rack-1'], reason: 'Bo has it.' } },
    ]);
    now += 1;
    await says(factOf('given', { person: 'dora' }));
    expect(await told('dora')).toEqual(['handedOver']);
    await says(factOf('given', { person: 'dora' }), { endAsked: true });
    await says(factOf('given', { person: 'dora', state: 'ended', reason: { code: 'released', message: 'Released.' } }), { endAsked: true });
    expect(await told('dora')).toEqual(['handedOver']);
    const { unread, notices } = await listNotices(services, 'aiko', 50);
    expect(unread).toBe(2);
    // Those of others stay as they are.
    await markNoticesRead(
      services,
      'dora',
      notices.map(({ id }) => id),
    );
    expect((await listNotices(services, 'aiko', 50)).unread).toBe(2);
    await markNoticesRead(services, 'aiko', undefined);
    expect(await listNotices(services, 'aiko', 1)).toMatchObject({ unread: 0, notices: [{ readAt: now }] });
  });

  it('tells of times that come near, of machines that are gone and of a lab that does not answer', async () => {
    const kinds = async () => (await told('cleo')).sort();
    await says(factOf('later', { person: 'cleo', state: 'granted', begin: START + 3 * HOUR, end: START + 5 * HOUR }));
    await store.deleteFrom('notice').execute();
    now = START + 3 * HOUR - 20 * MINUTE;
    const alive = () => store.updateTable('harness').set({ last_heard: now }).execute();
    await alive();
    await lookAtClock(services);
    expect(await kinds()).toEqual([]);
    now += 10 * MINUTE;
    await alive();
    await Promise.all([lookAtClock(services), lookAtClock(services)]);
    expect(await kinds()).toEqual(['startsSoon']);
    await says(factOf('later', { person: 'cleo', begin: START + 3 * HOUR, end: START + 5 * HOUR }));
    now = START + 5 * HOUR - 5 * MINUTE;
    await alive();
    await lookAtClock(services);
    expect(await kinds()).toEqual(['endsSoon', 'startsSoon']);
    // An end that was moved comes near again.
    await says(factOf('later', { person: 'cleo', begin: START + 3 * HOUR, end: START + 7 * HOUR }));
    now = START + 7 * HOUR - 5 * MINUTE;
    await lookAtClock(services);
    expect(await kinds()).toEqual(['endsSoon', 'endsSoon', 'machineGone', 'startsSoon']);
    await store.deleteFrom('directory_sut').execute();
    await alive();
    await lookAtClock(services);
    await lookAtClock(services);
    expect((await kinds()).filter((of) => of === 'machineGone')).toHaveLength(2);
    now += 40 * 24 * HOUR;
    await alive();
    await lookAtClock(services);
    expect(await kinds()).toEqual([]);
  });
});

describe('a tester far from a real lab', () => {
  let site: Site;
  beforeAll(() => buildAtn(), 300_000);
  afterEach(() => site.close());

  it('is told of the machine and of how the run came out', { timeout: LONG * 3 }, async () => {
    site = new Site();
    await site.open();
    const notices = () => site.ask<HubNotices>('GET', '/notices');
    expect(await notices()).toMatchObject({
      unread: 1,
      notices: [{ kind: 'granted', subject: site.reservationId, body: { suts: ['a'] } }],
    });
    await site.lab.atn('hub', 'allow-runs');
    const suites = await site.upload({ 'one.robot': '*** Test Cases ***\nOne\n    Fail    The fan does not turn.\n' });
    const run = await site.begin(suites, []);
    await site.published(run);
    await soon(async () =>
      expect((await notices()).notices[0]).toMatchObject({ kind: 'runEnded', subject: run, body: { verdict: 'failed', suts: ['a'] } }),
    );
    const other = await site.newcomer('tester', 'tom');
    expect((await other.call('GET', '/notices')).body).toEqual({ unread: 0, notices: [] });
    expect(await site.ask('POST', '/notices/read', {})).toMatchObject({ unread: 0 });
  });
});
