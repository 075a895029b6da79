import { ExactFloat, exactFloat } from './exact-float.ts';
import { isMap, LineCounter, parseDocument } from 'yaml';

export interface ConditionRead {
  /** Variable name to value, ready for JSON; integers beyond 2^53 are BigInt, floats without a fraction ExactFloat. */
  variables: Record<string, unknown>;
  /** Sentences with the line; not empty means that it cannot be used. */
  problems: string[];
}

/** Reads a condition's YAML: a mapping of variable names to values, whose types are kept. */
export function readCondition(yaml: string): ConditionRead {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, intAsBigInt: true, merge: true, prettyErrors: false });
  const problems = document.errors.map(({ message, pos }) => `Line ${lines.linePos(pos[0]).line}: ${message}`);
  if (problems.length > 0) return { variables: {}, problems };
  if (document.contents === null) return { variables: {}, problems: [] };
  if (!isMap(document.contents)) return { variables: {}, problems: ['Line 1: a condition is a list of “name: value”.'] };
  try {
    const variables = usable(document.toJS({ maxAliasCount: 1000 }), '') as Record<string, unknown>;
    return { variables, problems: [] };
  } catch (error) {
    return { variables: {}, problems: [error instanceof Error ? error.message : String(error)] };
  }
}

/** JSON has no infinity and no not-a-number; everything else of YAML's core has its place. */
function usable(value: unknown, path: string): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  // Whole numbers are BigInt here, so this is a float whatever its digits are.
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`${path || 'A value'}: ${value} cannot be handed to Robot; write it as text.`);
    return exactFloat(value);
  }
  if (Array.isArray(value)) return value.map((each, index) => usable(each, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, usable(each, path === '' ? key : `${path}.${key}`)]));
}

/** JSON with integers of any size and floats that stay floats, which Python reads exactly. */
export function toExactJson(value: unknown): string {
  const digits: string[] = [];
  const mark = (text: string) => `\u0001exact${digits.push(text) - 1}`;
  const marked = JSON.stringify(
    value,
    (_key, each: unknown) => (typeof each === 'bigint' || each instanceof ExactFloat ? mark(each.toString()) : each),
    2,
  );
  return digits.length === 0 ? marked : marked.replaceAll(/"\\u0001exact(\d+)"/gu, (_all, index: string) => digits[Number(index)] ?? '0');
}
