import type { TreeNode } from '../../../kit/VirtualTree.tsx';
import { countIn, type Case, type CaseTree, type SuiteNode } from './case-tree.ts';

export interface CaseRow extends TreeNode {
  readonly name: string;
  readonly kind: 'directory' | 'file' | 'case';
  readonly tags: readonly string[];
  /** Its cases in `CaseTree.cases`. */
  readonly from: number;
  readonly to: number;
}

interface View {
  /** Keys of open suites. */
  readonly open: ReadonlySet<string>;
  /** Shows only what has it in its name or tags, and opens the way there. */
  readonly text: string;
}

export const suiteKey = (longName: string): string => `suite ${longName}`;

/** The visible rows of the tree. */
export function caseRows(tree: CaseTree, { open, text }: View): readonly CaseRow[] {
  const rows: CaseRow[] = [];
  const wanted = text.trim().toLowerCase();
  const fits = ({ name, tags }: Case): boolean =>
    name.toLowerCase().includes(wanted) || tags.some((tag) => tag.toLowerCase().includes(wanted));
  const found = wanted === '' ? null : sumsOfFound(tree, fits);
  const visit = (suite: SuiteNode, depth: number, whole: boolean): void => {
    const all = whole || (found !== null && suite.name.toLowerCase().includes(wanted));
    if (!all && found !== null && countIn(found, suite) === 0 && !namedBelow(suite, wanted)) return;
    const key = suiteKey(suite.longName);
    const isOpen = open.has(key) || (found !== null && !all);
    rows.push({ key, depth, open: isOpen, name: suite.name, kind: suite.kind, tags: [], from: suite.from, to: suite.to });
    if (!isOpen) return;
    for (const child of suite.suites) visit(child, depth + 1, all || found === null);
    for (let index = suite.ownFrom; index < suite.to; index += 1) {
      const one = tree.cases[index];
      if (one !== undefined && (all || found === null || fits(one))) rows.push(rowOf(one, index, depth + 1));
    }
  };
  visit(tree.root, 0, found === null);
  return rows;
}

function rowOf({ name, tags }: Case, index: number, depth: number): CaseRow {
  return { key: `case ${index}`, depth, open: null, name, kind: 'case', tags, from: index, to: index + 1 };
}

function sumsOfFound(tree: CaseTree, fits: (one: Case) => boolean): readonly number[] {
  const sums = [0];
  for (const one of tree.cases) sums.push((sums.at(-1) ?? 0) + (fits(one) ? 1 : 0));
  return sums;
}

function namedBelow(suite: SuiteNode, wanted: string): boolean {
  return suite.suites.some((child) => child.name.toLowerCase().includes(wanted) || namedBelow(child, wanted));
}
