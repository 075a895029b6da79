import type { TestCase, TestSuite } from '../../../../src-shared/model/test-data.ts';

export interface Case {
  readonly name: string;
  /** Suite and name: what Robot's `--test` takes besides the name. */
  readonly longName: string;
  readonly tags: readonly string[];
}

/** A suite and where its cases stand in `CaseTree.cases`: all of them, those of suites below included, are `from` up to `to`. */
export interface SuiteNode {
  readonly name: string;
  readonly longName: string;
  readonly kind: 'directory' | 'file';
  readonly from: number;
  readonly to: number;
  readonly suites: readonly SuiteNode[];
  /** Its own cases begin here and go up to `to`. */
  readonly ownFrom: number;
}

export interface CaseTree {
  readonly root: SuiteNode;
  readonly cases: readonly Case[];
}

export function makeCaseTree(root: TestSuite): CaseTree {
  const cases: Case[] = [];
  const visit = (suite: TestSuite): SuiteNode => {
    const from = cases.length;
    const suites = suite.suites.map(visit);
    const ownFrom = cases.length;
    cases.push(...suite.tests.map((test) => caseOf(suite, test)));
    return { name: suite.name, longName: suite.longName, kind: suite.kind, from, to: cases.length, suites, ownFrom };
  };
  return { root: visit(root), cases };
}

function caseOf({ longName }: TestSuite, { name, tags }: TestCase): Case {
  return { name, longName: `${longName}.${name}`, tags };
}

/** How many of the cases before each index are set: `sums[to] - sums[from]` counts a suite without walking it. */
export function sumsOf(flags: readonly boolean[]): readonly number[] {
  const sums = [0];
  let sum = 0;
  for (const flag of flags) sums.push((sum += flag ? 1 : 0));
  return sums;
}

export function countIn(sums: readonly number[], { from, to }: Pick<SuiteNode, 'from' | 'to'>): number {
  return (sums[to] ?? 0) - (sums[from] ?? 0);
}
