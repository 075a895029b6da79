import { z } from 'zod';
import type { Sut, SutField } from './sut.ts';

export const FieldOperator = z.enum(['is', 'isNot', 'contains', 'atLeast', 'atMost', 'exists']);
export type FieldOperator = z.infer<typeof FieldOperator>;

/** What one field of a SUT must say. `exists` takes no value; `atLeast` and `atMost` compare numbers. A field that is absent only satisfies `isNot`. */
export const FieldNeed = z.object({
  key: z.string().trim().min(1).max(100),
  operator: FieldOperator,
  value: z.union([z.string().max(10_000), z.number(), z.boolean(), z.null()]).default(null),
});
export type FieldNeed = z.infer<typeof FieldNeed>;

/** How many SUTs a plan needs and what each of them must be. `count` null: any number, none included. */
export const SutNeeds = z.object({
  count: z.number().int().min(0).max(200).nullable().default(null),
  /** Each SUT must have all of them. Compared without regard to case. */
  tags: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
  fields: z.array(FieldNeed).max(50).default([]),
});
export type SutNeeds = z.infer<typeof SutNeeds>;

type Machine = Pick<Sut, 'tags' | 'information'>;

/** What of the needs this SUT does not meet, each as words that follow "it": `has no tag uefi`. Empty = it fits. */
export function unmetNeeds({ tags, fields }: Pick<SutNeeds, 'tags' | 'fields'>, sut: Machine): string[] {
  const has = new Set(sut.tags.map((tag) => tag.toLowerCase()));
  const missing = tags.filter((tag) => !has.has(tag.toLowerCase())).map((tag) => `has no tag ${tag}`);
  return [...missing, ...fields.flatMap((need) => unmetField(need, sut.information))];
}

const WORDS: Readonly<Record<FieldOperator, string>> = {
  is: 'is not',
  isNot: 'is',
  contains: 'does not contain',
  atLeast: 'is not at least',
  atMost: 'is not at most',
  exists: 'is not there',
};

function unmetField(need: FieldNeed, information: readonly SutField[]): string[] {
  const field = information.find(({ key }) => key.toLowerCase() === need.key.toLowerCase());
  if (field !== undefined && need.operator === 'exists') return [];
  if (field === undefined || field.value === null) return need.operator === 'isNot' ? [] : [`has no field ${need.key}`];
  // What a secret says is nobody's business here: only that it is there can be asked.
  if (field.kind === 'secret') return [`keeps ${need.key} as a secret, which cannot be compared`];
  if (satisfies(need, field.value)) return [];
  return [`has a field ${need.key} that ${WORDS[need.operator]} ${String(need.value)}`];
}

function satisfies({ operator, value: wanted }: FieldNeed, actual: string | number | boolean): boolean {
  const [found, text] = [String(actual).toLowerCase(), String(wanted).toLowerCase()];
  if (operator === 'is') return found === text;
  if (operator === 'isNot') return found !== text;
  if (operator === 'contains') return found.includes(text);
  if (operator === 'exists') return true;
  const [left, right] = [Number(actual), Number(wanted)];
  if (String(actual).trim() === '' || Number.isNaN(left) || Number.isNaN(right)) return false;
  return operator === 'atLeast' ? left >= right : left <= right;
}
