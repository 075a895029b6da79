import { describe, expect, it } from 'vitest';
import type { Reservation } from '../../../../src-shared/model/reservation.ts';
import { blocksOf } from './blocks.ts';
import { placeDraft } from './place.ts';
import { scaleAt } from './scale.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 24, 13, 32);
const reservation = (id: string, part: Partial<Reservation>): Reservation => ({
  id,
  revision: 1,
  holder: 'jorge',
  requestedBy: 'jorge',
  suts: [{ id: 'a', name: 'a' }],
  need: null,
  purpose: '',
  priority: 0,
  ifBusy: 'wait',
  atEnd: 'nothing',
  provision: null,
  preparing: null,
  state: 'granted',
  reason: null,
  wantedBegin: null,
  durationMs: HOUR,
  begin: null,
  end: null,
  waiting: null,
  endsWithRuns: false,
  requestedAt: NOW - HOUR,
  changedAt: NOW - HOUR,
  ...part,
});

const told = (...reservations: Reservation[]) => ({ reservations, suts: new Map() });

describe('where a draft may stand', () => {
  const held = reservation('h', { begin: NOW + HOUR, end: NOW + 3 * HOUR });
  it('is where it was wanted when all is free, and the first free time for all of them when not', () => {
    expect(placeDraft({ sutIds: ['a', 'b'], begin: null, durationMs: HOUR }, told(held), NOW)).toMatchObject({ begin: NOW, inTheWay: [] });
    const moved = placeDraft({ sutIds: ['a', 'b'], begin: NOW + 2 * HOUR, durationMs: HOUR }, told(held), NOW);
    expect(moved).toMatchObject({ begin: NOW + 3 * HOUR, end: NOW + 4 * HOUR, wanted: NOW + 2 * HOUR });
    expect(moved.inTheWay).toMatchObject([{ holder: 'jorge', sutIds: ['a'] }]);
  });
  it('is nowhere while somebody holds one without end or waits for one, and never in the past', () => {
    const open = reservation('o', { state: 'active', begin: NOW - HOUR, end: null, durationMs: null });
    expect(placeDraft({ sutIds: ['a'], begin: null, durationMs: HOUR }, told(open), NOW).begin).toBeNull();
    const waiting = reservation('w', { state: 'waiting', waiting: { position: 1, expected: null, inTheWay: [] } });
    expect(placeDraft({ sutIds: ['a'], begin: null, durationMs: HOUR }, told(waiting), NOW).begin).toBeNull();
    expect(placeDraft({ sutIds: ['a'], begin: NOW - HOUR, durationMs: HOUR }, told(), NOW).begin).toBe(NOW);
  });
});

describe('what a row draws', () => {
  const drawn = { runs: [], scale: scaleAt('hours', NOW), me: 'maria', now: NOW };
  it('is holds, planned slots and what has been, but nothing that never began', () => {
    const blocks = blocksOf(
      [
        reservation('past', { state: 'ended', begin: NOW - HOUR, end: NOW - HOUR / 2, changedAt: NOW - HOUR / 2 }),
        reservation('cancelled', { state: 'ended', begin: NOW + HOUR, end: NOW + 2 * HOUR }),
        reservation('mine', { holder: 'maria', begin: NOW + 4 * HOUR, end: null }),
        reservation('asked', {
          state: 'waiting',
          waiting: { position: 1, expected: { begin: NOW + 2 * HOUR, end: NOW + 3 * HOUR, suts: [{ id: 'a', name: 'a' }] }, inTheWay: [] },
        }),
      ],
      drawn,
    ).get('a');
    expect(blocks?.map(({ reservation: { id }, kind }) => [id, kind])).toEqual([
      ['past', 'other'],
      ['asked', 'asked'],
      ['mine', 'mine'],
    ]);
  });
  it('has its runs as lines that do not leave their hold', () => {
    const run = {
      id: 'r',
      name: 'soak',
      startedBy: 'jorge',
      sutIds: ['a'],
      startedAt: NOW - HOUR / 2,
      endedAt: null,
      expectedEndAt: NOW + 9 * HOUR,
    };
    const active = reservation('h', { state: 'active', begin: NOW - HOUR, end: NOW + HOUR });
    expect(blocksOf([active], { ...drawn, runs: [run] }).get('a')?.[0]?.runs).toEqual([
      { id: 'r', name: 'soak', from: NOW - HOUR / 2, to: NOW + HOUR },
    ]);
  });
  it('is nowhere on a machine that is set aside, and says why', () => {
    const maintenance = { reason: 'New fan', by: 'ada', since: NOW - HOUR };
    const suts = new Map([['a', { id: 'a', name: 'node-1', maintenance, quarantine: null }]]);
    const placed = placeDraft({ sutIds: ['a'], begin: NOW + HOUR, durationMs: HOUR }, { reservations: [], suts }, NOW);
    expect(placed.begin).toBeNull();
    expect(placed.inTheWay).toMatchObject([{ kind: 'setAside', why: 'node-1 is in maintenance: New fan. ada set it aside.' }]);
  });
});
