import type { Sut } from './sut.ts';
import type { Need } from './reservation.ts';

type Described = Pick<Sut, 'tags' | 'information' | 'role'>;

/** Whether a SUT is one of those that a need describes. A field that is absent or of another kind fits nothing. */
export function fitsNeed(sut: Described, need: Pick<Need, 'tags' | 'fields'>): boolean {
  return sut.role === 'sut' && need.tags.every((tag) => sut.tags.includes(tag)) && need.fields.every((field) => hasField(sut, field));
}

function hasField({ information }: Described, { key, is, value }: Need['fields'][number]): boolean {
  const field = information.find((one) => one.key === key);
  if (field === undefined || field.kind === 'secret' || field.value === null) return false;
  if (is === 'equal') return typeof value === 'string' ? String(field.value).toLowerCase() === value.toLowerCase() : field.value === value;
  if (typeof field.value !== 'number' || typeof value !== 'number') return false;
  return is === 'atLeast' ? field.value >= value : field.value <= value;
}
