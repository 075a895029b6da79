import { aboveOf } from './family.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';

export const SHOWS = ['all', 'mine', 'free', 'used'] as const;
export type Show = (typeof SHOWS)[number];

/** What a part of the list takes. The environment is never held, so it is neither mine nor free. */
const TAKES: Readonly<Record<Show, (sut: Sut, me: string | null) => boolean>> = {
  all: () => true,
  mine: (sut, me) => me !== null && sut.reservedBy === me,
  free: (sut) => sut.role === 'sut' && sut.reservedBy === null && sut.inUse === null,
  used: (sut) => sut.inUse !== null,
};

export function countsOf(suts: readonly Sut[], me: string | null): Readonly<Record<Show, number>> {
  const count = (show: Show): number => suts.filter((sut) => TAKES[show](sut, me)).length;
  return { all: count('all'), mine: count('mine'), free: count('free'), used: count('used') };
}

interface Wanted {
  readonly show: Show;
  /** Every word is found in name, tags, holder, maintainer, run, a field that is no secret, or what it is part of. */
  readonly find: string;
  readonly me: string | null;
}

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
