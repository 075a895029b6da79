import type { ComparedFact } from '../../../../src-shared/model/comparison.ts';

export interface Difference {
  readonly name: string;
  readonly here: string;
  /** What those that passed had, each once. */
  readonly there: string;
}

/** The names of machines differ in every column, and so does what begins with them. */
const OF_COURSE: ReadonlySet<string> = new Set(['SUTs', 'Name', 'Started by']);

/**
 * Facts in which the first run stands alone: no other has its value. What is said of machines is held against the same of the others,
 * without their names: `rack-1.bmc.firmware` against `rack-2.bmc.firmware`.
 */
export function differencesFrom(facts: readonly ComparedFact[]): Difference[] {
  const merged = new Map<string, (string | null)[]>();
  for (const { group, name, values } of facts) {
    if (OF_COURSE.has(name)) continue;
    const isOfMachine = group === 'machine' && name.includes('.');
    const key = isOfMachine ? name.slice(name.indexOf('.') + 1) : name;
    const before = merged.get(key) ?? values.map(() => null);
    merged.set(
      key,
      values.map((value, index) => before[index] ?? value),
    );
  }
  return [...merged].flatMap(([name, [here = null, ...there]]) =>
    there.includes(here) ? [] : [{ name, here: here ?? 'none', there: [...new Set(there.map((value) => value ?? 'none'))].join(', ') }],
  );
}
