import { useSearchParams } from 'wouter';

/** What one looks at in test data: all of it stands in the address. */
export interface Place {
  /** Null: the newest. */
  readonly revision: string | null;
  /** Key of a suite, case or file; null: the overview. */
  readonly at: string | null;
  /** A line of its file, where it is not the case's own. */
  readonly line: number | null;
  readonly find: string;
  readonly tags: readonly string[];
}

export type Go = (change: Partial<Place>) => void;

export function readPlace(search: URLSearchParams): Place {
  const line = Number(search.get('line') ?? '');
  return {
    revision: search.get('revision'),
    at: search.get('at'),
    line: Number.isInteger(line) && line > 0 ? line : null,
    find: search.get('find') ?? '',
    tags: search.getAll('tag'),
  };
}

/** Empty values leave the address. */
export function writePlace(search: URLSearchParams, change: Partial<Place>): URLSearchParams {
  const next = new URLSearchParams(search);
  const set = (name: string, values: readonly (string | null)[]): void => {
    next.delete(name);
    for (const value of values) if (value !== null && value !== '') next.append(name, value);
  };
  if (change.revision !== undefined) set('revision', [change.revision]);
  if (change.at !== undefined) set('at', [change.at]);
  if (change.line !== undefined) set('line', [change.line === null ? null : String(change.line)]);
  if (change.find !== undefined) set('find', [change.find]);
  if (change.tags !== undefined) set('tag', change.tags);
  return next;
}

export function usePlace(): readonly [Place, Go] {
  const [search, setSearch] = useSearchParams();
  return [readPlace(search), (change) => setSearch((before) => writePlace(before, change), { replace: true })];
}
