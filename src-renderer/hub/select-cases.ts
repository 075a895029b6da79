import type { OutlineSuite } from '../../src-shared/model/hub-runs.ts';
import type { Selection } from '../../src-shared/model/test-data.ts';

/** A case as the outline names it: no case and no path holds a line feed. */
export const caseKey = (path: string, name: string): string => `${path}\n${name}`;

export const allCases = (suites: readonly OutlineSuite[]): string[] =>
  suites.flatMap(({ path, cases }) => cases.map((name) => caseKey(path, name)));

/**
 * What a run is told to take: nothing in particular where everything is chosen. Of a suite only its last names are known here, its root is
 * named at the lab; so a case is asked for by the end of its long name.
 */
export function selectionOf(suites: readonly OutlineSuite[], chosen: ReadonlySet<string>): Selection {
  const all = suites.flatMap(({ path, cases }) => cases.map((name) => ({ path, name })));
  const some = all.filter(({ path, name }) => chosen.has(caseKey(path, name)));
  const tests = some.length === all.length ? [] : some.map(({ path, name }) => `*.${literal(suiteName(path))}.${literal(name)}`);
  return { include: [], exclude: [], suites: [], tests };
}

/** As Robot names the suite of a file: without its ending and without the number that only orders it. */
function suiteName(path: string): string {
  const file = path.split('/').at(-1) ?? path;
  return file
    .replace(/\.robot$/iu, '')
    .replace(/^\d+__/u, '')
    .replaceAll('_', ' ');
}

/** A name, not a pattern. */
function literal(name: string): string {
  return name.replace(/[[*?]/gu, '[$&]');
}
