import { useSearchParams } from 'wouter';
import type { TreeFilter } from './model/record-tree.ts';

export type RunTab = 'tree' | 'console' | 'machines' | 'timeline' | 'report';

/** Where on the run page: all of it stands in the address, so that it can be copied and gone back to. */
export interface Place {
  readonly tab: RunTab;
  readonly side: RunTab | null;
  readonly item: number | null;
  readonly filter: TreeFilter;
  readonly find: string;
  readonly firstFailure: boolean;
}

const TABS: readonly RunTab[] = ['tree', 'console', 'machines', 'timeline', 'report'];
const FILTERS: readonly TreeFilter[] = ['all', 'failed', 'running'];

export function readPlace(search: URLSearchParams, ended: boolean): Place {
  const tab = TABS.find((one) => one === search.get('tab')) ?? 'tree';
  const side = TABS.find((one) => one === search.get('side') && one !== tab) ?? null;
  const item = Number(search.get('item') ?? '');
  const filter = FILTERS.find((one) => one === search.get('filter')) ?? 'all';
  return {
    tab,
    side,
    item: Number.isInteger(item) && item > 0 ? item : null,
    filter: ended && filter === 'running' ? 'all' : filter,
    find: search.get('find') ?? '',
    firstFailure: search.get('at') === 'first-failure',
  };
}

/** Empty and usual values leave the address. */
export function writePlace(search: URLSearchParams, change: Partial<Place>): URLSearchParams {
  const next = new URLSearchParams(search);
  const set = (name: string, value: string | null | undefined, usual = ''): void => {
    if (value === undefined) return;
    if (value === null || value === usual) next.delete(name);
    else next.set(name, value);
  };
  set('tab', change.tab, 'tree');
  set('side', change.side);
  set('item', change.item === undefined ? undefined : change.item === null ? null : String(change.item));
  set('filter', change.filter, 'all');
  set('find', change.find);
  if (change.firstFailure === false) next.delete('at');
  return next;
}

export function usePlace(ended: boolean): readonly [Place, (change: Partial<Place>) => void] {
  const [search, setSearch] = useSearchParams();
  const go = (change: Partial<Place>): void => setSearch((before) => writePlace(before, change), { replace: true });
  return [readPlace(search, ended), go];
}
