import type {
  ConditionInput,
  ConditionVariable,
  EffectiveVariable,
  TestCondition,
  VariableType,
} from '../../../../src-shared/model/condition.ts';

/** One variable as it is written. */
export interface Row {
  /** Stays while it is edited. */
  readonly key: string;
  readonly name: string;
  readonly type: VariableType;
  /** Lists and dictionaries as JSON; `true` or `false`; a secret's new value. */
  readonly text: string;
  /** The reference of a stored secret. */
  readonly stored: string | null;
}

export interface Draft {
  readonly name: string;
  readonly doc: string;
  readonly parentId: string | null;
  readonly rows: readonly Row[];
}

export const TYPE_WORDS: Readonly<Record<VariableType, string>> = {
  str: 'Text',
  int: 'Whole number',
  float: 'Number',
  bool: 'True or false',
  list: 'List',
  dict: 'Dictionary',
  none: 'None',
  secret: 'Secret',
};

export const EMPTY_DRAFT: Draft = { name: '', doc: '', parentId: null, rows: [] };

export function rowOf(variable: ConditionVariable, key: string): Row {
  const stored = variable.type === 'secret' ? variable.value : null;
  return { key, name: variable.name, type: variable.type, text: variable.type === 'secret' ? '' : textOf(variable), stored };
}

export function draftOf({ name, doc, parentId, variables }: TestCondition): Draft {
  return { name, doc, parentId, rows: variables.map((variable, index) => rowOf(variable, `own ${index}`)) };
}

/** A value as a person reads it; a secret's is never here. */
export function textOf(variable: ConditionVariable): string {
  if (variable.type === 'secret') return variable.value === null ? 'not stored yet' : '••••••';
  if (variable.type === 'list' || variable.type === 'dict') return JSON.stringify(variable.value);
  return variable.type === 'none' ? '' : String(variable.value);
}

type Variable = NonNullable<ConditionInput['variables']>[number];

export interface Read {
  /** Null while something is wrong. */
  readonly input: ConditionInput | null;
  /** What is wrong with a row, by its key; `name` for the condition's own. */
  readonly wrong: ReadonlyMap<string, string>;
}

/** What the harness is given for what is written. */
export function readDraft(draft: Draft): Read {
  const wrong = new Map<string, string>();
  const seen = new Set<string>();
  const variables: Variable[] = [];
  if (draft.name.trim() === '') wrong.set('name', 'A condition needs a name.');
  for (const row of draft.rows) {
    const name = row.name.trim();
    const value = readValue(row);
    if (name === '') wrong.set(row.key, 'A variable needs a name.');
    else if (/^[$@&%]|[{}]/u.test(name)) wrong.set(row.key, 'Write the name without ${} around it.');
    else if (seen.has(normalName(name))) wrong.set(row.key, 'Another variable has this name already.');
    else if (typeof value === 'string') wrong.set(row.key, value);
    else variables.push({ name, ...value });
    seen.add(normalName(name));
  }
  const { doc, parentId } = draft;
  return { wrong, input: wrong.size === 0 ? { name: draft.name.trim(), doc, parentId, variables } : null };
}

type Typed = Variable extends infer Each ? (Each extends { name: string } ? Omit<Each, 'name'> : never) : never;

/** The value of a row in its type, or what is wrong with it. */
function readValue({ type, text, stored }: Row): Typed | string {
  const written = text.trim();
  if (type === 'str') return { type, value: text };
  if (type === 'none') return { type, value: null };
  if (type === 'secret') return { type, value: stored, ...(text === '' ? {} : { secret: text }) };
  if (type === 'bool') return /^(?:true|false)$/u.test(written) ? { type, value: written === 'true' } : 'Choose true or false.';
  if (type === 'int') return /^-?\d+$/u.test(written) ? { type, value: wholeNumber(written) } : 'Write a whole number in digits.';
  if (type === 'float')
    return written !== '' && Number.isFinite(Number(written)) ? { type, value: Number(written) } : 'Write a number, for instance 0.5.';
  const parsed = parseJson(written);
  if (type === 'list') return Array.isArray(parsed) ? { type, value: parsed } : 'Write a list as JSON: ["FAN 1", 2, true].';
  return isDictionary(parsed) ? { type, value: parsed } : 'Write a dictionary as JSON: {"low": 10, "high": 40}.';
}

function wholeNumber(digits: string): number | string {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}

type Json = Extract<ConditionVariable, { readonly type: 'list' }>['value'][number];

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function isDictionary(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As Robot compares names of variables. */
export function normalName(name: string): string {
  return name.replaceAll(/[\s_]/gu, '').toLowerCase();
}

/** What holds from above as long as no own variable has the name. */
export function inheritedFor(draft: Draft, parent: TestCondition | undefined): readonly EffectiveVariable[] {
  const own = new Set(draft.rows.map(({ name }) => normalName(name)));
  return (parent?.effective ?? []).filter(({ variable }) => !own.has(normalName(variable.name)));
}
