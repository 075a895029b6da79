import { create } from 'zustand';
import type { BoardFeed } from '../../src-shared/contract/harness/reservations.ts';
import type { BoardRun, Reservation } from '../../src-shared/model/reservation.ts';
import { client } from '../bridge/client.ts';
import { startFeed } from '../bridge/feed.ts';
import { pageClock } from '../bridge/use-feed.ts';
import { useNow } from '../kit/use-now.ts';

export interface ReservationsState {
  readonly known: boolean;
  readonly byId: ReadonlyMap<string, Reservation>;
  readonly runs: readonly BoardRun[];
  /** How far the harness's clock is ahead of this page's, ms. */
  readonly ahead: number;
  readonly clock: BoardFeed['clock'];
}

/** So much of the past is kept for the board, ms. */
const BACK = 31 * 24 * 3_600_000;

/** Every reservation that is alive, what ended in the last month, and the runs in them; live. */
export const useReservations = create<ReservationsState>(() => ({
  known: false,
  byId: new Map(),
  runs: [],
  ahead: 0,
  clock: { doubtUntil: null, aheadMs: 0 },
}));

export function reduceReservations(before: ReservationsState, items: readonly BoardFeed[], pageNow: number): ReservationsState {
  const last = items.at(-1);
  if (last === undefined) return before;
  let byId = new Map(before.byId);
  for (const item of items) {
    if (item.type === 'snapshot') byId = new Map();
    for (const one of item.reservations) if (one.revision >= (byId.get(one.id)?.revision ?? 0)) byId.set(one.id, one);
  }
  return { known: true, byId, runs: last.runs, ahead: last.now - pageNow, clock: last.clock };
}

export function startReservationsFeed(): () => void {
  const apply = (items: readonly BoardFeed[]): void =>
    useReservations.setState(reduceReservations(useReservations.getState(), items, Date.now()));
  return startFeed({ open: (signal) => client.reservations.watch({ from: Date.now() - BACK }, { signal }), apply }, pageClock);
}

/** The present as the harness has it: it decides when a hold begins and ends. */
export function useHarnessNow(pace: 'second' | 'minute' = 'minute'): number {
  const ahead = useReservations((state) => state.ahead);
  return useNow(pace) + ahead;
}
