import { implement } from '@orpc/server';
import { harnessContract } from '../../src-shared/contract/index.ts';
import { WorkbenchError } from '../errors.ts';
import type { Part } from './part.ts';

/** A part of the contract whose services are still being joined: it refuses, in the form that faces can handle. */
export function pendingPart<K extends keyof typeof harnessContract>(part: K): Part<K> {
  const names = Object.keys(harnessContract[part]);
  const implementers = implement(harnessContract[part]) as unknown as Record<string, { handler(run: () => never): unknown }>;
  const refuse = (name: string) => () => {
    throw new WorkbenchError('INTERNAL', `${part}.${name} is not joined in this build.`);
  };
  return Object.fromEntries(names.map((name) => [name, implementers[name]?.handler(refuse(name))])) as unknown as Part<K>;
}
