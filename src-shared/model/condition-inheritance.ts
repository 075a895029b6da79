import type { ConditionVariable, EffectiveVariable } from './condition.ts';

/** What inheritance needs of a condition. */
export interface Inheriting {
  id: string;
  name: string;
  parentId: string | null;
  variables: readonly ConditionVariable[];
}

export type Inherited<T extends Inheriting> = { chain: T[]; problem: null } | { chain: []; problem: string };

/** A condition with all it inherits from, oldest ancestor first. Refused with a sentence when that goes round or ends nowhere. */
export function inheritance<T extends Inheriting>(start: T, find: (id: string) => T | undefined): Inherited<T> {
  const chain = [start];
  for (let { parentId } = start; parentId !== null;) {
    const seen = chain.findIndex(({ id }) => id === parentId);
    if (seen >= 0)
      return { chain: [], problem: `The inheritance goes round: ${round(chain.slice(seen))}. Choose another parent for one of them.` };
    const parent = find(parentId);
    if (parent === undefined)
      return {
        chain: [],
        problem: `${chain.at(-1)?.name ?? start.name} inherits from a condition that does not exist any more. Choose another parent.`,
      };
    chain.push(parent);
    parentId = parent.parentId;
  }
  return { chain: chain.reverse(), problem: null };
}

function round(cycle: readonly Inheriting[]): string {
  const names = cycle.map(({ name }) => name);
  return [...names, names[0] ?? ''].join(' → ');
}

/** All variables that hold at the end of a chain. One that is said again stays where its oldest ancestor has it. */
export function effectiveVariables(chain: readonly Inheriting[]): EffectiveVariable[] {
  const effective = new Map<string, EffectiveVariable>();
  for (const { id, name, variables } of chain) {
    for (const variable of variables) {
      const key = variableKey(variable.name);
      const inherited = effective.get(key);
      const overrides = inherited !== undefined && (inherited.overrides || inherited.from.id !== id);
      effective.set(key, { variable, from: { id, name }, overrides });
    }
  }
  return [...effective.values()];
}

/** Names that Robot takes for one and the same variable have one key. */
export function variableKey(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_]/gu, '');
}
