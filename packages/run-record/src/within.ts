import { item } from './items.ts';
import { prepare, type RecordReader } from './open.ts';
import type { RecordItem } from './types.ts';

export interface Stretch {
  /** Milliseconds UTC, both ends included. */
  readonly from: number;
  readonly to: number;
  /** How deep: 1 = tests and fixtures of suites, 2 = with the keywords of those, and so on. */
  readonly levels: number;
  /** Items of one level at most. */
  readonly limit: number;
  /** Shorter ones are left out with all that is in them, unless they failed or run. Milliseconds. */
  readonly shortest: number;
  readonly budgetMilliseconds?: number;
}

export interface StretchItem {
  readonly item: RecordItem;
  /** 0 = a test, or the set-up or tear-down of a suite. */
  readonly level: number;
}

export interface StretchResult {
  readonly items: readonly StretchItem[];
  /** There were more than the limits allow: the longest, and those that failed, are here. */
  readonly cut: boolean;
}

interface Row {
  id: number;
  kind: number;
  status: number | null;
  started: number;
  elapsed: number | null;
}

interface Found extends Row {
  level: number;
}

/** So many children of one parent are looked at. */
const MOST_CHILDREN = 20_000;
const SUITE = 0;

const rowsSql = 'SELECT id, kind, status, started, elapsed FROM item WHERE parent = ? AND id >= ? ORDER BY id';
const rootsSql = 'SELECT id, kind, status, started, elapsed FROM item WHERE parent IS NULL ORDER BY id';
const nextSql = 'SELECT id, started FROM item WHERE parent = ? AND id >= ? ORDER BY id LIMIT 1';
const beforeSql = 'SELECT id FROM item WHERE parent = ? AND id < ? ORDER BY id DESC LIMIT 1';
const maxSql = 'SELECT coalesce(max(id), 0) AS id FROM item';

/** What ran in a stretch of time, as it can be drawn: level by level, in the order it started. Costs what is seen, not what the record has. */
export function itemsWithin(record: RecordReader, stretch: Stretch): StretchResult {
  const deadline = performance.now() + (stretch.budgetMilliseconds ?? 100);
  const last = prepare<[], { id: number }>(record, maxSql).get()?.id ?? 0;
  const kept: Found[] = [];
  let cut = false;
  let level: Found[] = [];
  const suites: Row[] = prepare<[], Row>(record, rootsSql).all();
  for (let suite = suites.pop(); suite !== undefined; suite = suites.pop()) {
    const below = visible(record, suite, { ...stretch, last });
    cut ||= below.cut;
    for (const row of below.rows) {
      if (row.kind === SUITE) suites.push(row);
      else if (isLongEnough(row, stretch)) level.push({ ...row, level: 0 });
    }
  }
  for (let depth = 1; level.length > 0; depth += 1) {
    cut ||= level.length > stretch.limit;
    const shown = loudestFirst(level).slice(0, stretch.limit);
    kept.push(...shown);
    level = [];
    if (depth === stretch.levels) break;
    for (const parent of shown) {
      if (performance.now() > deadline) {
        cut = true;
        break;
      }
      const below = visible(record, parent, { ...stretch, last });
      cut ||= below.cut;
      level.push(...below.rows.filter((row) => isLongEnough(row, stretch)).map((row) => ({ ...row, level: depth })));
    }
  }
  const items = kept.toSorted((one, other) => one.id - other.id).flatMap(({ id, level: of }) => placed(item(record, id), of));
  return { items, cut };
}

const placed = (found: RecordItem | null, level: number): StretchItem[] => (found === null ? [] : [{ item: found, level }]);

const endOf = ({ started, elapsed }: Row): number => (elapsed === null ? Infinity : started + elapsed / 1000);

const isLongEnough = ({ status, elapsed }: Row, { shortest }: Stretch): boolean =>
  elapsed === null || status === 1 || elapsed / 1000 >= shortest;

const loudestFirst = (rows: readonly Found[]): Found[] =>
  rows.toSorted(
    (one, other) =>
      Number(other.status === 1) - Number(one.status === 1) || (other.elapsed ?? Infinity) - (one.elapsed ?? Infinity) || one.id - other.id,
  );

/** Children of one item that were there at some moment of the stretch. */
function visible(record: RecordReader, parent: Row, { from, to, last }: Stretch & { last: number }): { rows: Row[]; cut: boolean } {
  // What is below a test starts one after the other; suites may have been put together of several processes.
  const begin = parent.kind === SUITE ? 0 : firstToLookAt(record, { parent: parent.id, from, last });
  const rows: Row[] = [];
  let looked = 0;
  for (const row of prepare<[number, number], Row>(record, rowsSql).iterate(parent.id, begin)) {
    if ((looked += 1) > MOST_CHILDREN && parent.kind !== SUITE) return { rows, cut: true };
    if (row.started > to && parent.kind !== SUITE) break;
    if (row.started <= to && endOf(row) >= from) rows.push(row);
  }
  return { rows, cut: false };
}

/** The last child that started before a moment, found by halving: a loop may have had a million iterations. */
function firstToLookAt(record: RecordReader, { parent, from, last }: { parent: number; from: number; last: number }): number {
  const next = prepare<[number, number], { id: number; started: number }>(record, nextSql);
  let low = parent + 1;
  for (let high = last + 1; low < high;) {
    const middle = Math.floor((low + high) / 2);
    const found = next.get(parent, middle);
    if (found === undefined || found.started >= from) high = middle;
    else low = found.id + 1;
  }
  return prepare<[number, number], { id: number }>(record, beforeSql).get(parent, low)?.id ?? low;
}
