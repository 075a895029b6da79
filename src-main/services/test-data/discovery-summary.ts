import type { Discovery, RevisionCounts, TestSuite } from '../../../src-shared/model/test-data.ts';
import type { FoundSuites } from '../../robot/discovery.ts';

/** Suites are counted as people see them: those that hold tests themselves. */
export function countsOf({ root, errors }: Pick<FoundSuites, 'root' | 'errors'>): RevisionCounts {
  let [suites, cases] = [0, 0];
  for (const suite of allSuites(root)) {
    if (suite.tests.length > 0) suites += 1;
    cases += suite.tests.length;
  }
  return { suites, cases, errors: errors.length };
}

/** Robot sees no difference in case, blanks and underscores between tags; the first way of writing one is shown. */
export function tagsOf(root: TestSuite): Discovery['tags'] {
  const counts = new Map<string, { tag: string; count: number }>();
  for (const suite of allSuites(root)) {
    for (const tag of suite.tests.flatMap(({ tags }) => tags)) {
      const key = tag.toLowerCase().replaceAll(/[\s_]/gu, '');
      const known = counts.get(key);
      if (known === undefined) counts.set(key, { tag, count: 1 });
      else known.count += 1;
    }
  }
  return [...counts.values()].sort((a, b) => a.tag.localeCompare(b.tag, 'en'));
}

export function* allSuites(root: TestSuite): Generator<TestSuite> {
  const waiting = [root];
  for (let suite = waiting.pop(); suite !== undefined; suite = waiting.pop()) {
    yield suite;
    for (let place = suite.suites.length - 1; place >= 0; place -= 1) {
      const child = suite.suites[place];
      if (child !== undefined) waiting.push(child);
    }
  }
}
