import { z } from 'zod';
import { Id, Name, PersonName, Sha256, Timestamp } from './text.ts';

/** A variable's name without `${}`. Robot compares names without regard to case, spaces and underscores. */
export const VariableName = z
  .string()
  .trim()
  .min(1, 'A variable needs a name.')
  .max(200)
  .refine((name) => !/[{}\p{Cc}]/u.test(name) && !/^[$@&%]/u.test(name), 'A variable is named without ${} around it.');

/** What JSON can hold: the inside of lists and dictionaries. Whole numbers beyond 2^53 and floats without a fraction are for top-level variables only. */
export const PlainValue = z.json();

/** Digits are kept as text when a number of JavaScript would lose some. */
const WholeNumber = z.union([z.number().int(), z.string().regex(/^-?\d+$/u, 'A whole number is written in digits.')]);

/**
 * A typed variable, in Robot's own types: the Robot variable has exactly this type. A secret's value is never here: `value` is the reference
 * under which the secret store keeps it, null when nothing is stored yet; Robot 7.4 and newer get it as `Secret`, older ones as text.
 */
export const ConditionVariable = z.discriminatedUnion('type', [
  z.object({ name: VariableName, type: z.literal('str'), value: z.string().max(1_000_000) }),
  z.object({ name: VariableName, type: z.literal('int'), value: WholeNumber }),
  z.object({ name: VariableName, type: z.literal('float'), value: z.number() }),
  z.object({ name: VariableName, type: z.literal('bool'), value: z.boolean() }),
  z.object({ name: VariableName, type: z.literal('list'), value: z.array(PlainValue) }),
  z.object({ name: VariableName, type: z.literal('dict'), value: z.record(z.string(), PlainValue) }),
  z.object({ name: VariableName, type: z.literal('none'), value: z.null().default(null) }),
  z.object({ name: VariableName, type: z.literal('secret'), value: z.string().max(200).nullable().default(null) }),
]);
export type ConditionVariable = z.infer<typeof ConditionVariable>;
export const VariableType = z.enum(['str', 'int', 'float', 'bool', 'list', 'dict', 'none', 'secret']);
export type VariableType = z.infer<typeof VariableType>;

/** What a person writes. A secret may carry its new plain value in `secret`, here and only here; absent keeps the stored one, '' removes it. */
export const ConditionVariableInput = z.intersection(ConditionVariable, z.object({ secret: z.string().max(10_000).optional() }));

export const ConditionInput = z.object({
  name: Name,
  doc: z.string().max(10_000).default(''),
  /** Variables of the parent hold unless this condition has one of the same name. */
  parentId: Id.nullable().default(null),
  variables: z.array(ConditionVariableInput).max(5000).default([]),
});
export type ConditionInput = z.input<typeof ConditionInput>;

/** A variable as it holds, and the condition that says so: `from` is this condition itself or one that it inherits from. */
export const EffectiveVariable = z.object({
  variable: ConditionVariable,
  from: z.object({ id: Id, name: Name }),
  /** True when an ancestor has a variable of this name as well, whose value does not hold here. */
  overrides: z.boolean(),
});
export type EffectiveVariable = z.infer<typeof EffectiveVariable>;

export const TestCondition = z.object({
  id: Id,
  name: Name,
  doc: z.string(),
  parentId: Id.nullable(),
  /** Its own, in their order. */
  variables: z.array(ConditionVariable),
  /** All that hold: inherited first, in the order of the oldest ancestor. Empty when `problem` is set. */
  effective: z.array(EffectiveVariable),
  /** Why it cannot be used, as a sentence: the parent is gone, or the inheritance goes round. */
  problem: z.string().nullable(),
  /** Of everything that a run is given (inherited included); null when it cannot be used. */
  sha256: Sha256.nullable(),
  changedAt: Timestamp,
  changedBy: PersonName,
  createdAt: Timestamp,
});
export type TestCondition = z.infer<typeof TestCondition>;
