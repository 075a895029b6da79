import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import type { Part } from './part.ts';

/** For tests of single parts: the part of the contract that they do not ask for. */
export function pendingPart<K extends keyof typeof harnessContract>(part: K): Part<K> {
  const names = Object.keys(harnessContract[part]);
  const implementers = implement(harnessContract[part]) as unknown as Record<string, { handler(run: () => never): unknown }>;
  const refuse = (name: string) => () => {
    throw new Error(`${part}.${name} is not part of this test.`);
  };
  return Object.fromEntries(names.map((name) => [name, implementers[name]?.handler(refuse(name))])) as unknown as Part<K>;
}
