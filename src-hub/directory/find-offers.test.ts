import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DirectorySut } from '../../src-shared/protocol/items.ts';
import { LinkCalls } from '../links/link-calls.ts';
import { LinkNotices, type LinkServices } from '../links/link-services.ts';
import { GroupedWrites } from '../store/grouped-writes.ts';
import { openStore } from '../store/open-store.ts';
import { findOffers } from './find-offers.ts';

const NOW = Date.parse('2026-11-23T10:00Z');
const HOUR = 3_600_000;
let services: LinkServices;

const machine = (name: string, memory: number, more: Partial<DirectorySut> = {}): DirectorySut => ({
  ...{ id: `id-${name}`, name, tags: ['x86'], fields: [{ key: 'memory GB', value: memory }], maintainedBy: 'owner', heldBy: null },
  ...{ heldUntil: null, inUse: false, setAside: null, limits: { groups: [], hours: null } },
  ...more,
});

beforeAll(async () => {
  const store = await openStore({ kind: 'sqlite', file: ':memory:' });
  services = {
    ...{
      store,
      now: () => NOW,
      heard: new GroupedWrites(store, 0),
      hubName: () => 'hub',
      notices: new LinkNotices(),
      calls: new LinkCalls(),
    },
    takeLane: () => Promise.reject(new Error('no runs here')),
  };
  const labs: Record<string, DirectorySut[]> = {
    berlin: [machine('b1', 64), machine('b2', 128, { heldBy: 'somebody', heldUntil: NOW + 2 * HOUR }), machine('b3', 8)],
    oulu: [machine('o1', 64), machine('o2', 64), machine('o3', 64, { limits: { groups: ['firmware'], hours: null } })],
    lima: [machine('l1', 256)],
  };
  for (const [name, suts] of Object.entries(labs)) {
    const row = { id: name, name, public_key: name, state: 'approved' as const, session: 's', last_heard: NOW, zone: 'UTC' };
    const logs = {
      store_gen: 'g',
      seq: 0,
      chain: '',
      mail_gen: 'm',
      mail_head: 0,
      mail_chain: '',
      mail_acked: 0,
      opened: 1,
      paused: 0,
      policy: null,
    };
    const rest = { doubt_since: null, clock_offset: 0, incarnation: 1, app_version: '1', machine_mark: '', presented_at: 1 };
    await store
      .insertInto('harness')
      .values({ ...row, ...logs, ...rest })
      .execute();
    for (const sut of suts)
      await store
        .insertInto('directory_sut')
        .values({ harness_id: name, id: sut.id, name: sut.name, body: JSON.stringify(sut) })
        .execute();
  }
});
afterAll(() => services.store.destroy());

const need = (count: number) => ({ tags: ['x86'], fields: [{ key: 'memory GB', is: 'atLeast' as const, value: 64 }], count });
const found = async (more: object) =>
  (await findOffers(services, { need: need(2), groups: [], durationMs: HOUR, ...more })).map(
    ({ harness, suts, free }) => `${harness}: ${suts.join(' ')}${free ? ' free' : ''}`,
  );

describe('machines by need', () => {
  it('are offered by labs that have enough of them under one harness, the free ones first', async () => {
    expect(await found({})).toEqual(['oulu: o1 o2 free', 'berlin: b1 b2']);
  });

  it('are free for later once the present hold is over', async () => {
    expect(await found({ begin: NOW + 3 * HOUR })).toEqual(['berlin: b1 b2 free', 'oulu: o1 o2 free']);
  });

  it('are only those that the lab shares with who asks', async () => {
    expect(await found({ need: need(3) })).toEqual([]);
    expect(await found({ need: need(3), groups: ['firmware'] })).toEqual(['oulu: o1 o2 o3 free']);
  });
});
