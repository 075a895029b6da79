import { useSearchParams } from 'wouter';

/** What one looks at in test data: all of it stands in the address. */
export interface Place {
  /** A number, or a content hash as runs know it; null: the newest. */
  readonly revision: string | null;
  /** Key of a suite, case or file; null: the overview. */
  readonly at: string | null;
  /** A line of its file, where it is not the case's own. */
  readonly line: number | null;
  readonly find: string;
  readonly tags: readonly string[];
  /** What changed in this revision, instead of the overview or a file. */
  readonly changes: boolean;
  /** The number of the revision that the changes are held against; null: the one it was made from. */
  readonly against: number | null;
}

export type Go = (change: Partial<Place>) => void;

export function readPlace(search: URLSearchParams): Place {
  return {
    revision: search.get('revision'),
    at: search.get('at'),
    line: numberIn(search, 'line'),
    find: search.get('find') ?? '',
    tags: search.getAll('tag'),
    changes: search.get('show') === 'changes',
    against: numberIn(search, 'against'),
  };
}

function numberIn(search: URLSearchParams, name: string): number | null {
  const value = Number(search.get(name) ?? '');
  return Number.isInteger(value) && value > 0 ? value : null;
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
  if (change.changes !== undefined) set('show', [change.changes ? 'changes' : null]);
  if (change.against !== undefined) set('against', [change.against === null ? null : String(change.against)]);
  return next;
}

export function usePlace(): readonly [Place, Go] {
  const [search, setSearch] = useSearchParams();
  return [readPlace(search), (change) => setSearch((before) => writePlace(before, change), { replace: true })];
}
