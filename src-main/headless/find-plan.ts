import type { TestCondition } from '../../src-shared/model/condition.ts';
import type { TestPlan } from '../../src-shared/model/plan.ts';
import { WorkbenchError } from '../errors.ts';
import { nameKey } from '../text-key.ts';
import type { HarnessClient } from './command.ts';

export async function findPlan(client: HarnessClient, word: string): Promise<TestPlan | undefined> {
  return (await client.plans.list()).find(({ id, name }) => id === word || nameKey(name) === nameKey(word));
}

export async function needPlan(client: HarnessClient, word: string): Promise<TestPlan> {
  const plan = await findPlan(client, word);
  if (plan === undefined) throw new WorkbenchError('NOT_FOUND', `There is no plan named ${word}. "atn plans" lists them.`);
  return plan;
}

export async function conditionNamed(client: HarnessClient, word: string): Promise<TestCondition | undefined> {
  return (await client.conditions.list()).find(({ id, name }) => id === word || nameKey(name) === nameKey(word));
}

export async function needCondition(client: HarnessClient, word: string): Promise<TestCondition> {
  const condition = await conditionNamed(client, word);
  if (condition === undefined) throw new WorkbenchError('NOT_FOUND', `There is no condition named ${word}. "atn conditions" lists them.`);
  return condition;
}
