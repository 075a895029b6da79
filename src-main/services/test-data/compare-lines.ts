import type { DifferenceLine, Hunk } from '../../../src-shared/model/test-data-change.ts';

/** So many equal lines stand before and after a change. */
const CONTEXT = 3;
/** Texts that differ in more lines than this are told apart as one block: the shortest way is not worth the time any more. */
const MOST_EDITS = 1500;

/** Lines without their ends, whichever ends they have. An end at the very end begins no further line. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/u);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The pieces that differ, each with some equal lines around it. */
export function compareLines(before: readonly string[], after: readonly string[]): Hunk[] {
  return cutIntoHunks(editScript(before, after));
}

/** Every line of both texts in order: equal ones once, of a change what went before what came. */
function editScript(before: readonly string[], after: readonly string[]): DifferenceLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let [endBefore, endAfter] = [before.length, after.length];
  while (endBefore > start && endAfter > start && before[endBefore - 1] === after[endAfter - 1])
    [endBefore, endAfter] = [endBefore - 1, endAfter - 1];
  return [
    ...before.slice(0, start).map((text) => line('same', text)),
    ...shortestEdit(before.slice(start, endBefore), after.slice(start, endAfter)),
    ...before.slice(endBefore).map((text) => line('same', text)),
  ];
}

/** The greedy algorithm of E. W. Myers ("An O(ND) difference algorithm and its variations", 1986). */
function shortestEdit(before: readonly string[], after: readonly string[]): DifferenceLine[] {
  const whole = [...before.map((text) => line('removed', text)), ...after.map((text) => line('added', text))];
  if (before.length === 0 || after.length === 0) return whole;
  const most = Math.min(before.length + after.length, MOST_EDITS);
  const furthest = new Furthest(most);
  const trace: Furthest[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(furthest.copy());
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = cameDown(furthest, diagonal, edits) ? furthest.at(diagonal + 1) : furthest.at(diagonal - 1) + 1;
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x += 1;
      furthest.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return backtrack(trace, before, after);
    }
  }
  return whole;
}

function backtrack(trace: readonly Furthest[], before: readonly string[], after: readonly string[]): DifferenceLine[] {
  const lines: DifferenceLine[] = [];
  let [x, y] = [before.length, after.length];
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const furthest = trace[edits] ?? new Furthest(0);
    const diagonal = x - y;
    const previous = cameDown(furthest, diagonal, edits) ? diagonal + 1 : diagonal - 1;
    const previousX = furthest.at(previous);
    const previousY = previousX - previous;
    while (x > previousX && y > previousY) [x, y] = [x - 1, lines.push(line('same', before[x - 1] ?? '')) && y - 1];
    if (edits === 0) break;
    if (x === previousX) lines.push(line('added', after[y - 1] ?? ''));
    else lines.push(line('removed', before[x - 1] ?? ''));
    [x, y] = [previousX, previousY];
  }
  return lines.reverse();
}

function cameDown(furthest: Furthest, diagonal: number, edits: number): boolean {
  return diagonal === -edits || (diagonal !== edits && furthest.at(diagonal - 1) < furthest.at(diagonal + 1));
}

/** How far into the old text each diagonal has come. */
class Furthest {
  readonly #places: Int32Array;
  readonly #middle: number;

  constructor(most: number, places = new Int32Array(2 * most + 3)) {
    this.#middle = most + 1;
    this.#places = places;
  }

  at(diagonal: number): number {
    return this.#places[this.#middle + diagonal] ?? 0;
  }

  set(diagonal: number, x: number): void {
    this.#places[this.#middle + diagonal] = x;
  }

  copy(): Furthest {
    return new Furthest(this.#middle - 1, this.#places.slice());
  }
}

function cutIntoHunks(script: readonly DifferenceLine[]): Hunk[] {
  const hunks: Hunk[] = [];
  let [oldLine, newLine] = [1, 1];
  let open: Hunk | null = null;
  let equal: DifferenceLine[] = [];
  for (const each of script) {
    if (each.kind === 'same') {
      equal.push(each);
    } else {
      if (open !== null && equal.length > 2 * CONTEXT) {
        open.lines.push(...equal.slice(0, CONTEXT));
        hunks.push(counted(open));
        open = null;
      }
      const lead: DifferenceLine[] = open === null ? equal.slice(-CONTEXT) : equal;
      open ??= { oldStart: oldLine - lead.length, newStart: newLine - lead.length, oldLines: 0, newLines: 0, lines: [] };
      open.lines.push(...lead, each);
      equal = [];
    }
    if (each.kind !== 'added') oldLine += 1;
    if (each.kind !== 'removed') newLine += 1;
  }
  if (open !== null) hunks.push(counted({ ...open, lines: [...open.lines, ...equal.slice(0, CONTEXT)] }));
  return hunks;
}

function counted(hunk: Hunk): Hunk {
  const { lines } = hunk;
  return {
    ...hunk,
    oldLines: lines.filter(({ kind }) => kind !== 'added').length,
    newLines: lines.filter(({ kind }) => kind !== 'removed').length,
  };
}

function line(kind: DifferenceLine['kind'], text: string): DifferenceLine {
  return { kind, text };
}
