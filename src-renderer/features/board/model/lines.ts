import type { Sut } from '../../../../src-shared/model/sut.ts';
import type { Block } from './blocks.ts';
import { ticksOf, type Scale } from './scale.ts';

export const GROUPINGS = ['none', 'tag', 'host', 'maintainer'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface GroupLine {
  readonly group: string;
  readonly suts: readonly Sut[];
  readonly folded: boolean;
}
/** What stands in one row of the board. */
export type Line = Sut | GroupLine;
export const isGroup = (line: Line): line is GroupLine => 'group' in line;

const NONE: Readonly<Record<Grouping, string>> = { none: '', tag: 'Without a tag', host: 'Standing alone', maintainer: '' };

/** Machines below the heads of their groups, those of none last; of a folded group only its head. */
export function linesOf(
  suts: readonly Sut[],
  { grouping, folded, byId }: { grouping: Grouping; folded: ReadonlySet<string>; byId: ReadonlyMap<string, Sut> },
): Line[] {
  if (grouping === 'none') return [...suts];
  const groups = new Map<string, Sut[]>();
  for (const sut of suts) {
    const name = groupOf(sut, grouping, byId) ?? NONE[grouping];
    groups.set(name, [...(groups.get(name) ?? []), sut]);
  }
  const names = [...groups.keys()].sort((a, b) => Number(a === NONE[grouping]) - Number(b === NONE[grouping]) || (a < b ? -1 : 1));
  return names.flatMap((group): Line[] => {
    const members = groups.get(group) ?? [];
    const head: GroupLine = { group, suts: members, folded: folded.has(group) };
    return head.folded ? [head] : [head, ...members];
  });
}

function groupOf({ tags, parentId, maintainedBy }: Sut, grouping: Grouping, byId: ReadonlyMap<string, Sut>): string | undefined {
  if (grouping === 'tag') return tags[0];
  if (grouping === 'maintainer') return maintainedBy;
  return parentId === null ? undefined : byId.get(parentId)?.name;
}

/** For each step of the scale that is not over: how many of the machines are free for the whole of it. */
export function freeOf(
  suts: readonly Sut[],
  { blocks, scale, now }: { blocks: ReadonlyMap<string, readonly Block[]>; scale: Scale; now: number },
): { at: number; to: number; free: number }[] {
  const ticks = ticksOf(scale).map(({ at }) => at);
  return ticks.flatMap((at, place) => {
    const to = ticks[place + 1] ?? scale.to;
    if (to <= now) return [];
    const isFree = ({ id, maintenance, quarantine }: Sut): boolean =>
      maintenance === null &&
      quarantine === null &&
      !(blocks.get(id) ?? []).some(({ begin, end }) => begin < to && end > Math.max(at, now));
    return [{ at, to, free: suts.filter(isFree).length }];
  });
}
