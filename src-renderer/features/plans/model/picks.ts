import { caseFilter, isSuite } from '../../../../src-shared/model/match-selection.ts';
import type { Selection } from '../../../../src-shared/model/test-data.ts';
import { escapeRobotPattern } from '../../../../src-shared/text/robot-pattern.ts';
import { countIn, sumsOf, type CaseTree, type SuiteNode } from './case-tree.ts';

/** What is chosen in the tree: whole suites and single cases by their long names. Null: everything, also what a later revision brings. */
export type Picks = { readonly suites: readonly string[]; readonly tests: readonly string[] } | null;

/** One flag a case of the tree, in its order. */
export type Flags = readonly boolean[];

export interface Tags {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** The cases that picks choose; picks that the tree does not know choose nothing. */
export function flagsOf(tree: CaseTree, picks: Picks): Flags {
  if (picks === null) return tree.cases.map(() => true);
  const tests = new Set(picks.tests);
  const flags = tree.cases.map(({ longName }) => tests.has(longName));
  const suites = new Set(picks.suites);
  const visit = (suite: SuiteNode): void => {
    if (suites.has(suite.longName)) flags.fill(true, suite.from, suite.to);
    else suite.suites.forEach(visit);
  };
  visit(tree.root);
  return flags;
}

/** The shortest way to say the same: a suite of which all is chosen stands for its cases. */
export function picksOf(tree: CaseTree, flags: Flags): Picks {
  const sums = sumsOf(flags);
  if (countIn(sums, tree.root) === tree.cases.length) return null;
  const suites: string[] = [];
  const tests: string[] = [];
  const visit = (suite: SuiteNode): void => {
    const chosen = countIn(sums, suite);
    if (chosen === 0) return;
    if (chosen === suite.to - suite.from) {
      suites.push(suite.longName);
      return;
    }
    suite.suites.forEach(visit);
    for (let index = suite.ownFrom; index < suite.to; index += 1) if (flags[index] === true) tests.push(tree.cases[index]?.longName ?? '');
  };
  visit(tree.root);
  return { suites, tests };
}

/** Switches a range: on when not all of it was on. */
export function toggle(flags: Flags, { from, to }: { readonly from: number; readonly to: number }): Flags {
  const on = !flags.slice(from, to).every(Boolean);
  return flags.map((flag, index) => (index >= from && index < to ? on : flag));
}

/** Chosen in the tree, and let through by the tags. */
export function takenOf(tree: CaseTree, flags: Flags, tags: Tags): Flags {
  const passes = caseFilter({ include: [...tags.include], exclude: [...tags.exclude], tests: [] });
  return tree.cases.map(({ tags: own }, index) => flags[index] === true && passes(own, []));
}

/**
 * The same as Robot's options. Robot takes a case when `--test` OR `--include` matches, here both must; so where single cases and
 * included tags come together, the cases are named one by one. Without a tree (it could not be read) only tags decide.
 */
export function selectionOf(tree: CaseTree | null, picks: Picks, { include, exclude }: Tags): Selection {
  const tags = { include: [...include], exclude: [...exclude] };
  if (tree === null || picks === null) return { ...tags, suites: [], tests: [] };
  const exact = picks.suites.map(escapeRobotPattern);
  if (picks.tests.length === 0) return { ...tags, suites: exact, tests: [] };
  if (include.length === 0)
    return { ...tags, suites: [], tests: [...exact.map((suite) => `${suite}.*`), ...picks.tests.map(escapeRobotPattern)] };
  const taken = takenOf(tree, flagsOf(tree, picks), { include, exclude });
  const tests = tree.cases.filter((_case, index) => taken[index] === true).map(({ longName }) => escapeRobotPattern(longName));
  return { include: [], exclude: tags.exclude, suites: [], tests };
}

/** Which cases the suites and names of a saved selection choose in this tree, whatever its tags say; null: everything. */
export function picksOfSelection(tree: CaseTree, { suites, tests }: Pick<Selection, 'suites' | 'tests'>): Picks {
  if (suites.length + tests.length === 0) return null;
  const takes = caseFilter({ include: [], exclude: [], tests });
  const flags: boolean[] = tree.cases.map(() => false);
  const visit = (suite: SuiteNode, chosen: boolean): void => {
    const inside = chosen || suites.length === 0 || suites.some((pattern) => isSuite(suite.longName, pattern));
    for (const child of suite.suites) visit(child, inside);
    for (let index = suite.ownFrom; inside && index < suite.to; index += 1) {
      const one = tree.cases[index];
      if (one !== undefined && takes([], [one.name, one.longName])) flags[index] = true;
    }
  };
  visit(tree.root, false);
  return picksOf(tree, flags) ?? null;
}

/** What an address asks for: long names, or the names of suites and cases. Null when it asks for nothing that there is. */
export function picksFromNames(tree: CaseTree, suites: readonly string[], tests: readonly string[]): Picks {
  const known: string[] = [];
  const visit = (suite: SuiteNode): void => {
    if (suites.some((name) => name === suite.longName || name === suite.name)) known.push(suite.longName);
    suite.suites.forEach(visit);
  };
  visit(tree.root);
  const cases = tree.cases.filter(({ name, longName }) => tests.some((wanted) => wanted === longName || wanted === name));
  const picks = { suites: known, tests: cases.map(({ longName }) => longName) };
  return known.length + cases.length === 0 ? null : picksOf(tree, flagsOf(tree, picks));
}
