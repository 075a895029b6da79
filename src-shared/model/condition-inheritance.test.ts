import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectiveVariables, inheritance, variableKey, type Inheriting } from './condition-inheritance.ts';

const NAMES = ['A', 'a_b', 'AB', 'a b', 'C', 'c_', 'Long Name'];
/** Any graph of parents, cycles and absent ones included. */
const conditions = fc
  .array(
    fc.record({ parent: fc.option(fc.nat({ max: 7 })), names: fc.uniqueArray(fc.constantFrom(...NAMES), { selector: variableKey }) }),
    { minLength: 1, maxLength: 7 },
  )
  .map((drawn) =>
    drawn.map(({ parent, names }, index): Inheriting => ({
      id: String(index),
      name: `condition ${index}`,
      parentId: parent === null ? null : String(parent),
      variables: names.map((name) => ({ name, type: 'str' as const, value: `${name} of ${index}` })),
    })),
  );
const finder = (all: readonly Inheriting[]) => (id: string) => all.find((each) => each.id === id);

/** The same, told as it is: walk up, and whoever says a name first holds. */
function walk(start: Inheriting, all: readonly Inheriting[]): { holds: Map<string, string>; end: 'root' | 'gone' | 'round' } {
  const holds = new Map<string, string>();
  const seen = new Set<string>();
  for (let at: Inheriting | undefined = start; ;) {
    if (seen.has(at.id)) return { holds, end: 'round' };
    seen.add(at.id);
    for (const { name } of at.variables) if (!holds.has(variableKey(name))) holds.set(variableKey(name), at.id);
    if (at.parentId === null) return { holds, end: 'root' };
    at = finder(all)(at.parentId);
    if (at === undefined) return { holds, end: 'gone' };
  }
}

describe('inheritance of conditions', () => {
  it('takes each variable from the nearest that has it, and refuses what goes round or ends nowhere', () => {
    fc.assert(
      fc.property(conditions, (all) => {
        for (const start of all) {
          const { chain, problem } = inheritance(start, finder(all));
          const { holds, end } = walk(start, all);
          expect(problem === null).toBe(end === 'root');
          if (problem !== null) {
            expect(problem).toMatch(end === 'round' ? /goes round: condition \d( → condition \d)+/u : /does not exist any more/u);
            continue;
          }
          expect(chain.at(-1)).toBe(start);
          const effective = effectiveVariables(chain);
          expect(new Map(effective.map(({ variable, from }) => [variableKey(variable.name), from.id]))).toEqual(holds);
          expect(effective.length).toBe(holds.size);
          for (const { variable, from, overrides } of effective) {
            const others = chain.filter(
              ({ id, variables }) => id !== from.id && variables.some(({ name }) => variableKey(name) === variableKey(variable.name)),
            );
            expect(overrides).toBe(others.length > 0);
          }
        }
      }),
    );
  });

  it('names the cycle itself, not the way to it', () => {
    const all: Inheriting[] = [
      { id: '1', name: 'lab', parentId: '2', variables: [] },
      { id: '2', name: 'uefi', parentId: '3', variables: [] },
      { id: '3', name: 'secure', parentId: '2', variables: [] },
    ];
    const [lab, uefi] = all;
    expect(inheritance(lab ?? expect.fail(), finder(all)).problem).toContain('uefi → secure → uefi.');
    expect(inheritance(uefi ?? expect.fail(), finder(all)).problem).toContain('uefi → secure → uefi.');
  });
});
