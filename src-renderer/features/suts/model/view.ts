import { aboveOf } from './family.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';

export const SHOWS = ['all', 'mine', 'free', 'used', 'care'] as const;
export type Show = (typeof SHOWS)[number];

/** What a part of the list takes. The environment is never held, so it is neither mine nor free. */
const TAKES: Readonly<Record<Show, (sut: Sut, me: string | null) => boolean>> = {
  all: () => true,
  mine: (sut, me) => me !== null && sut.reservedBy === me,
  free: (sut) => sut.role === 'sut' && sut.reservedBy === null && sut.inUse === null,
  used: (sut) => sut.inUse !== null,
  care: ({ quarantine, maintenance, observed: { health } }) =>
    quarantine !== null || maintenance !== null || health.state === 'degraded' || health.state === 'unreachable',
};

export function countsOf(suts: readonly Sut[], me: string | null): Readonly<Record<Show, number>> {
  const count = (show: Show): number => suts.filter((sut) => TAKES[show](sut, me)).length;
  return { all: count('all'), mine: count('mine'), free: count('free'), used: count('used'), care: count('care') };
}

interface Wanted {
  readonly show: Show;
  /** Every word is found in name, tags, holder, maintainer, run, a field that is no secret, or what it is part of. */
  readonly find: string;
  readonly me: string | null;
}

export const GROUPINGS = ['kind', 'host', 'tag', 'maintainer', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** Rows and what is written above them; a row stands in one group. */
export interface Grouped {
  readonly rows: readonly Sut[];
  /** By id of a machine; null: without groups. */
  readonly groupOf: ReadonlyMap<string, string> | null;
}

/** The test environment stands last, then what has no group; groups are by name, each in the order given. */
export function grouped(rows: readonly Sut[], grouping: Grouping, byId: ReadonlyMap<string, Sut>): Grouped {
  const groupOf = new Map(rows.map((sut) => [sut.id, GROUP_OF[grouping](sut, byId)]));
  const names = [...new Set(groupOf.values())];
  if (grouping === 'none' || (names.length < 2 && grouping === 'kind')) return { rows, groupOf: null };
  const rank = (name: string): number => [UNDER_TEST, ENVIRONMENT].indexOf(name) + (name.startsWith('Without') || name === ALONE ? 3 : 1);
  names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return { rows: names.flatMap((name) => rows.filter(({ id }) => groupOf.get(id) === name)), groupOf };
}

const UNDER_TEST = 'Machines under test';
const ENVIRONMENT = 'Test environment, never powered or provisioned by a run';
const ALONE = 'Standing alone';

const GROUP_OF: Readonly<Record<Grouping, (sut: Sut, byId: ReadonlyMap<string, Sut>) => string>> = {
  none: () => '',
  kind: ({ role }) => (role === 'sut' ? UNDER_TEST : ENVIRONMENT),
  // What others stand in heads its own group.
  host: (sut, byId) => {
    const parent = sut.parentId === null ? undefined : byId.get(sut.parentId);
    if (parent !== undefined) return `In ${parent.name}`;
    return [...byId.values()].some(({ parentId }) => parentId === sut.id) ? `In ${sut.name}` : ALONE;
  },
  tag: ({ tags }) => tags[0] ?? 'Without a tag',
  maintainer: ({ maintainedBy }) => `Maintained by ${maintainedBy}`,
};

/** Machines first, then the environment; each in the order given. */
export function rowsOf(suts: readonly Sut[], { show, find, me }: Wanted): readonly Sut[] {
  const words = find
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const byId = new Map(suts.map((sut) => [sut.id, sut]));
  const textWith = (sut: Sut): string => [textOf(sut), ...aboveOf(sut, byId).map(({ name }) => name.toLowerCase())].join('\n');
  const fits = (sut: Sut): boolean => {
    if (!TAKES[show](sut, me)) return false;
    if (words.length === 0) return true;
    const text = textWith(sut);
    return words.every((word) => text.includes(word));
  };
  const rows = suts.filter(fits);
  return [...rows.filter(({ role }) => role === 'sut'), ...rows.filter(({ role }) => role === 'environment')];
}

function textOf({ name, tags, reservedBy, maintainedBy, inUse, information, endpoints }: Sut): string {
  const fields = information.flatMap(({ kind, value }) => (kind === 'secret' || value === null ? [] : [String(value)]));
  return [name, ...tags, reservedBy ?? '', maintainedBy, inUse?.runName ?? '', ...fields, ...endpoints.map(({ address }) => address)]
    .join('\n')
    .toLowerCase();
}

/** The address by which people know a machine: its first field of that kind. */
export function addressOf({ information }: Sut): string {
  const field = information.find(({ kind, value }) => kind === 'address' && typeof value === 'string' && value !== '');
  return typeof field?.value === 'string' ? field.value : '';
}

/** Two letters for a person: `ML` for Maria Lind, `TN` for tomasz.nowak. */
export function initialsOf(person: string): string {
  const parts = person.split(/[\s._-]+/u).filter((part) => part !== '');
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : [person];
  return letters
    .map((part) => [...(part ?? '')][0] ?? '')
    .join('')
    .toUpperCase();
}
