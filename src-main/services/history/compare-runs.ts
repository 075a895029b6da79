import type { ComparedFact, Comparison } from '../../../src-shared/model/comparison.ts';
import type { Run } from '../../../src-shared/model/run.ts';

/** What a run was given, beside what its record says. */
export interface ComparedRun {
  run: Run;
  /** `${SUTs}` as it was bound, by SUT and name. */
  machines: ReadonlyMap<string, string>;
  /** Variables of its condition, by name. */
  variables: ReadonlyMap<string, string>;
}

type Values = (compared: ComparedRun) => ReadonlyMap<string, string>;

const short = (hash: string | null): string | null => (hash === null ? null : hash.slice(0, 12));

/** One value a run. */
const SINGLE: readonly (readonly [ComparedFact['group'], string, (run: Run) => string | null])[] = [
  ['run', 'Name', (run) => run.name],
  ['run', 'Plan', (run) => run.plan?.name ?? null],
  ['run', 'Plan content', (run) => short(run.plan?.sha256 ?? null)],
  ['run', 'SUTs', (run) => run.suts.join(', ') || null],
  ['run', 'Condition', (run) => run.condition],
  ['run', 'Started by', (run) => run.startedBy],
  ['testData', 'Revision', (run) => short(run.revision)],
  ['environment', 'Lock', (run) => short(run.environment.lockHash)],
  ['environment', 'Robot Framework', (run) => run.robotVersion],
  ['environment', 'Python', (run) => run.pythonVersion],
  ['machine', 'Image', (run) => run.provisioning?.binding.image?.name ?? null],
  ['machine', 'Image content', (run) => short(run.provisioning?.binding.image?.sha256 ?? null)],
  ['machine', 'Recipe', (run) => run.provisioning?.binding.recipeName ?? null],
  ['machine', 'Recipe content', (run) => short(run.provisioning?.binding.recipeSha256 ?? null)],
  ['options', 'Robot options', (run) => run.options.robotOptions.join(' ') || null],
  ['options', 'Variables of the start', (run) => run.options.variables.join(' ') || null],
  ['options', 'Time limit', (run) => (run.options.timeLimitMs === null ? null : `${run.options.timeLimitMs / 1000} s`)],
  ['options', 'Selection', (run) => selectionOf(run) || null],
];

const MANY: readonly (readonly [ComparedFact['group'], Values])[] = [
  ['environment', ({ run }) => new Map(run.environment.packages.map(({ name, version }) => [name, version]))],
  ['machine', ({ machines }) => machines],
  ['variables', ({ variables }) => variables],
];

/** Facts that none of the runs has are left out; what differs stands first. */
export function factsOf(compared: readonly ComparedRun[]): ComparedFact[] {
  const single = SINGLE.map(([group, name, value]) => factOf(group, name, compared.map(({ run }) => value(run)))); // prettier-ignore
  const many = MANY.flatMap(([group, values]) => {
    const all = compared.map(values);
    const names = [...new Set(all.flatMap((each) => [...each.keys()]))].sort();
    return names.map((name) => factOf(group, name, all.map((each) => each.get(name) ?? null))); // prettier-ignore
  });
  const facts = [...single, ...many].filter(({ values }) => values.some((value) => value !== null));
  return facts.toSorted((a, b) => Number(b.differs) - Number(a.differs));
}

function factOf(group: ComparedFact['group'], name: string, values: (string | null)[]): ComparedFact {
  return { group, name, values, differs: new Set(values).size > 1 };
}

function selectionOf({ selection }: Run): string {
  return Object.entries(selection)
    .filter(([, chosen]) => chosen.length > 0)
    .map(([name, chosen]) => `${name} ${chosen.join(', ')}`)
    .join('; ');
}

export interface ResultOfTest {
  longName: string;
  status: 'passed' | 'failed' | 'skipped' | 'notRun';
  elapsed: number | null;
  message: string | null;
}

/** Equal tests are told up to this many; those that differ all are. */
const MOST_EQUAL = 200;

/** Results of each run in its order. Tests of one long name (Robot allows them) are told apart by their order. */
export function compareTests(all: readonly (readonly ResultOfTest[])[]): Pick<Comparison, 'tests' | 'equalLeftOut'> {
  const places = all.map((results) => {
    const seen = new Map<string, number>();
    return new Map(
      results.map((result) => {
        const nth = (seen.get(result.longName) ?? 0) + 1;
        seen.set(result.longName, nth);
        return [nth === 1 ? result.longName : `${result.longName} (${nth})`, result];
      }),
    );
  });
  const tests = [...new Set(places.flatMap((place) => [...place.keys()]))].map((longName) => {
    const outcomes = places.map((place) => {
      const found = place.get(longName);
      if (found === undefined) return null;
      const { status, elapsed, message } = found;
      return { status, tookMs: elapsed === null ? null : Math.round(elapsed / 1000), message };
    });
    return { longName, outcomes, differs: new Set(outcomes.map((outcome) => outcome?.status)).size > 1 };
  });
  const equal = tests.filter(({ differs }) => !differs);
  return {
    tests: [...tests.filter(({ differs }) => differs), ...equal.slice(0, MOST_EQUAL)],
    equalLeftOut: Math.max(0, equal.length - MOST_EQUAL),
  };
}

/** Names and values of nested data, each a line: `rack-1.bios.version`. What is null is not known and left out. */
export function flatten(value: unknown, prefix = ''): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map(prefix === '' ? [] : [[prefix, String(value)]]);
  const known = Object.entries(value).filter(([, each]) => each !== null);
  return new Map(known.flatMap(([name, each]) => [...flatten(each, prefix === '' ? name : `${prefix}.${name}`)]));
}
