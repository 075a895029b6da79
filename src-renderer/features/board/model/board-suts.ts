import type { Reservation } from '../../../../src-shared/model/reservation.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';

/** The machines that can be reserved, by name; those whose name, tag or holder holds all words of `find`. */
export function boardSuts(
  { byId, order }: { byId: ReadonlyMap<string, Sut>; order: readonly string[] },
  reservations: ReadonlyMap<string, Reservation>,
  find: string,
): Sut[] {
  const suts = order.flatMap((id) => byId.get(id) ?? []).filter(({ role }) => role === 'sut');
  const words = find.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return suts;
  const holders = new Map<string, string>();
  for (const { holder, suts: held } of reservations.values())
    for (const { id } of held) holders.set(id, `${holders.get(id) ?? ''} ${holder}`);
  return suts.filter((sut) => {
    const text = [sut.name, ...sut.tags, holders.get(sut.id) ?? ''].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
