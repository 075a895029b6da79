import type { TestSuite } from '../../../src-shared/model/test-data.ts';

const LONGEST = 200;

/**
 * The name that Robot itself would give the suite of a folder or a file, by its base name without the ending of a file (as
 * TestSuite.name_from_source has it): what stands before `__` only sorts, underscores are spaces, and a name all in lower case becomes title case.
 */
export function suiteNameOf(baseName: string): string {
  const separator = baseName.indexOf('__');
  const named = separator === -1 ? baseName : baseName.slice(separator + 2) || baseName;
  const name = named
    .replaceAll('_', ' ')
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST);
  return (isLower(name) ? titleCase(name) : name) || 'Suites';
}

function isLower(name: string): boolean {
  return /\p{Cased}/u.test(name) && !/[\p{Lu}\p{Lt}]/u.test(name);
}

/** A letter after another letter is small, every other one is a capital: also after digits and apostrophes. */
function titleCase(name: string): string {
  return name.replaceAll(/\p{Cased}+/gu, (word) => {
    const [first = '', ...rest] = word;
    const [capital = '', ...more] = first.toUpperCase();
    return `${capital}${more.join('').toLowerCase()}${rest.join('').toLowerCase()}`;
  });
}

/** The tree under another name of its root: what Robot makes of it with `--name`. */
export function underName(root: TestSuite, suiteName: string): TestSuite {
  const length = root.longName.length;
  const rename = (suite: TestSuite): TestSuite => ({
    ...suite,
    longName: suiteName + suite.longName.slice(length),
    suites: suite.suites.map(rename),
  });
  return { ...rename(root), name: suiteName };
}
