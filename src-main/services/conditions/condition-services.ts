import { createHash } from 'node:crypto';
import { effectiveVariables, inheritance } from '../../../src-shared/model/condition-inheritance.ts';
import type { EffectiveVariable, TestCondition } from '../../../src-shared/model/condition.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import { findCondition, listConditions, type ConditionRow } from '../../store/conditions.ts';
import type { ReadableStore, WritableStore } from '../../store/handle.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { writeVariables } from './condition-yaml.ts';

/** What every use case of this folder works with. */
export interface ConditionServices {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  secrets: SecretStore;
}

export function needCondition(store: ReadableStore, id: string): ConditionRow {
  const row = findCondition(store, id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This condition does not exist any more.');
  return row;
}

export function readCondition({ store }: Pick<ConditionServices, 'store'>, id: string): TestCondition {
  return shape(needCondition(store, id), (each) => findCondition(store, each));
}

export function readAllConditions({ store }: Pick<ConditionServices, 'store'>): TestCondition[] {
  const rows = listConditions(store);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return rows.map((row) => shape(row, (id) => byId.get(id)));
}

/** What a run is given: the variables as YAML, and the references of the secrets among them by name. */
export interface BoundCondition {
  id: string;
  name: string;
  yaml: string;
  secrets: Record<string, string>;
  /** Secrets that nothing is stored for. */
  missing: string[];
  problem: string | null;
}

/** A condition with all it inherits, as it is now; undefined when there is none of this id. */
export function bindCondition(store: ReadableStore, id: string): BoundCondition | undefined {
  const row = findCondition(store, id);
  if (row === undefined) return undefined;
  const { chain, problem } = inheritance(row, (each) => findCondition(store, each));
  const effective = effectiveVariables(chain);
  const secrets = secretsOf(effective);
  return {
    id,
    name: row.name,
    yaml: writeVariables(effective.map(({ variable }) => variable)),
    secrets: Object.fromEntries(secrets.flatMap(({ name, value }) => (value === null ? [] : [[name, value]]))),
    missing: secrets.filter(({ value }) => value === null).map(({ name }) => name),
    problem,
  };
}

function secretsOf(effective: readonly EffectiveVariable[]): { name: string; value: string | null }[] {
  return effective.flatMap(({ variable }) => (variable.type === 'secret' ? [{ name: variable.name, value: variable.value }] : []));
}

function shape(row: ConditionRow, find: (id: string) => ConditionRow | undefined): TestCondition {
  const { chain, problem } = inheritance(row, find);
  const effective = effectiveVariables(chain);
  const bound = `${writeVariables(effective.map(({ variable }) => variable))}\n${JSON.stringify(secretsOf(effective))}`;
  return { ...row, effective, problem, sha256: problem === null ? createHash('sha256').update(bound).digest('hex') : null };
}

export function announceConditions({ changes }: Pick<ConditionServices, 'changes'>): void {
  changes.emit('conditions:changed', {});
}
