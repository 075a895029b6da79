import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'wouter';
import { readFilter, writeFilter, type Filter } from './run-filter.ts';

export type ChangeFilter = (change: Partial<Filter>) => void;

/** The filter of the address. Typing replaces the entry of the history, so that Back leaves the list. */
export function useFilter(): readonly [Filter, ChangeFilter] {
  const [search, setSearch] = useSearchParams();
  const key = search.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(key)), [key]);
  const change = useCallback<ChangeFilter>((part) => setSearch((before) => writeFilter(before, part), { replace: true }), [setSearch]);
  return [filter, change];
}
