import type { Selection, TestSuite } from './test-data.ts';

/**
 * How many cases of a discovered tree a selection takes, by Robot's rules (User Guide 3.1.2 and 3.3.1: patterns without regard to case,
 * spaces and, in names, underscores; AND, OR and NOT in tags). For telling a person early; Robot itself decides at the run.
 */
export function countSelected(root: TestSuite, selection: Selection): number {
  const { suites } = selection;
  const takes = caseFilter(selection);
  const visit = (suite: TestSuite, chosen: boolean): number => {
    const inside = chosen || suites.length === 0 || suites.some((pattern) => isSuite(suite.longName, pattern));
    const own = inside ? suite.tests.filter(({ name, tags }) => takes(tags, [name, `${suite.longName}.${name}`])).length : 0;
    return suite.suites.reduce((sum, child) => sum + visit(child, inside), own);
  };
  return visit(root, false);
}

/** Whether a case with these tags and names (its own, its long one) is taken by all of a selection but its suites. */
export function caseFilter({ include, exclude, tests }: Omit<Selection, 'suites'>): CaseFilter {
  const wantedTests = tests.map(namePattern);
  const included = include.map(tagPattern);
  const excluded = exclude.map(tagPattern);
  return (tags, names) => {
    const normal = tags.map(normalTag);
    if (excluded.some((matches) => matches(normal))) return false;
    if (wantedTests.length + included.length === 0) return true;
    return wantedTests.some((matches) => names.some(matches)) || included.some((matches) => matches(normal));
  };
}

type CaseFilter = (tags: readonly string[], names: readonly string[]) => boolean;

/** `--suite` takes a name, the long name or the end of the long name. */
export function isSuite(longName: string, pattern: string): boolean {
  const matches = namePattern(pattern);
  const parts = longName.split('.');
  return parts.some((_part, index) => matches(parts.slice(index).join('.')));
}

function namePattern(pattern: string): (name: string) => boolean {
  const expression = glob(normalName(pattern));
  return (name) => expression.test(normalName(name));
}

function tagPattern(pattern: string): (tags: readonly string[]) => boolean {
  const [first = '', ...unwanted] = pattern.replaceAll(/\s/gu, '').split('NOT');
  const wanted = first === '' ? () => true : anyOf(first);
  const refused = unwanted.map(anyOf);
  return (tags) => wanted(tags) && !refused.some((matches) => matches(tags));
}

function anyOf(pattern: string): (tags: readonly string[]) => boolean {
  const alternatives = pattern.split('OR').map((part) => part.split(/AND|&/u).map((each) => glob(normalTag(each))));
  return (tags) => alternatives.some((all) => all.every((expression) => tags.some((tag) => expression.test(tag))));
}

function normalName(text: string): string {
  return text.replaceAll(/[\s_]/gu, '').toLowerCase();
}

function normalTag(text: string): string {
  return text.replaceAll(/[\s_]/gu, '').toLowerCase();
}

/** Python's fnmatch: `*`, `?`, `[chars]`, `[!chars]`. */
function glob(pattern: string): RegExp {
  const source = pattern.replaceAll(
    /\[(!?)([^\]]+)\]|[*?]|[\\^$.|+(){}[\]/]/gu,
    (found, not: string | undefined, chars: string | undefined) => {
      if (found === '*') return '.*';
      if (found === '?') return '.';
      if (chars !== undefined) return `[${not === '!' ? '^' : ''}${chars.replaceAll(/[\\\]^[]/gu, '\\$&')}]`;
      return `\\${found}`;
    },
  );
  return new RegExp(`^${source}$`, 'su');
}
