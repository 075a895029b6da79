import type { CaseItem, Item, SuiteTree } from './suite-tree.ts';

/** Keys of the cases a person ticked. They outlive a new revision, where the same cases are found again. */
export type Chosen = ReadonlySet<string>;

/** How many of the cases before each place are set: `sums[to] - sums[from]` counts a branch without walking it. */
export function sumsOf(cases: readonly CaseItem[], isSet: (one: CaseItem) => boolean): Uint32Array {
  const sums = new Uint32Array(cases.length + 1);
  cases.forEach((one, place) => {
    sums[place + 1] = (sums[place] ?? 0) + (isSet(one) ? 1 : 0);
  });
  return sums;
}

export function countIn(sums: Uint32Array, { from, to }: Pick<Item, 'from' | 'to'>): number {
  return (sums[to] ?? 0) - (sums[from] ?? 0);
}

/** Ticks these cases, or unticks them when all were ticked. What is not among them (a filter hides it) keeps its tick. */
export function toggleCases(chosen: Chosen, touched: readonly CaseItem[]): Chosen {
  const on = !touched.every(({ key }) => chosen.has(key));
  const next = new Set(chosen);
  for (const { key } of touched) {
    if (on) next.add(key);
    else next.delete(key);
  }
  return next;
}

export interface Names {
  readonly suites: readonly string[];
  readonly tests: readonly string[];
}

/** The shortest way to name the cases that are set: a suite of which all is set stands for its cases; everything needs no name. */
export function namesOf(tree: SuiteTree, isSet: (one: CaseItem) => boolean): Names {
  const sums = sumsOf(tree.cases, isSet);
  const suites: string[] = [];
  const tests: string[] = [];
  const visit = (item: Item): void => {
    const count = countIn(sums, item);
    if (count === 0) return;
    if (item.kind === 'case') tests.push(item.longName);
    else if ('children' in item && item.longName !== null && count === item.to - item.from) suites.push(item.longName);
    else if ('children' in item) item.children.forEach(visit);
  };
  if (countIn(sums, tree.root) === tree.cases.length) return { suites, tests };
  visit(tree.root);
  return { suites, tests };
}
