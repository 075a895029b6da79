import type { Sut } from '../../../../src-shared/model/sut.ts';

type Member = Pick<Sut, 'id' | 'name' | 'parentId'>;

/** What a machine is part of, the outermost first. */
export function aboveOf<Kin extends Member>(sut: Member, byId: ReadonlyMap<string, Kin>): Kin[] {
  const above: Kin[] = [];
  for (let next = kin(sut, byId); next !== undefined && !above.includes(next); next = kin(next, byId)) above.unshift(next);
  return above;
}

function kin<Kin extends Member>({ parentId }: Member, byId: ReadonlyMap<string, Kin>): Kin | undefined {
  return parentId === null ? undefined : byId.get(parentId);
}

/** What stands or runs directly in it, by name. */
export function insideOf<Kin extends Member>(id: string, all: Iterable<Kin>): Kin[] {
  return [...all].filter(({ parentId }) => parentId === id).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The machines that it may be part of: all but itself and what is part of it, however far down. */
export function possibleParents<Kin extends Member>(id: string | null, byId: ReadonlyMap<string, Kin>): Kin[] {
  return [...byId.values()]
    .filter((other) => other.id !== id && !aboveOf(other, byId).some((each) => each.id === id))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
