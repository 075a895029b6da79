import { Document, isMap, isPair, isScalar, LineCounter, parseDocument, Scalar, visit, type YAMLMap } from 'yaml';
import type { ConditionVariable } from '../../../src-shared/model/condition.ts';
import { WorkbenchError } from '../../errors.ts';
import { exactFloat, withExactFloats } from './exact-float.ts';

/** What a YAML file says of a condition; a plain variable file has variables only. */
export interface ConditionFile {
  name: string | null;
  doc: string;
  /** Name of the condition that it inherits from. */
  inherits: string | null;
  variables: ConditionVariable[];
  /** What was not taken over, as sentences. */
  notes: string[];
}

/** The mark of a file that `writeCondition` made: no suite has a variable of this name. */
const MARK = 'atn-condition';
const SECRET_TAG = '!secret';

/** The variables alone, as a run is bound to them: `name: value` with exact types, secrets left out. */
export function writeVariables(variables: readonly ConditionVariable[]): string {
  return new Document(
    Object.fromEntries(variables.filter(({ type }) => type !== 'secret').map((each) => [each.name, node(each)])),
    TYPES,
  ).toString(FORM);
}

/** A condition as a file: types by YAML's own, secrets by name only. */
export function writeCondition(
  condition: Pick<ConditionFile, 'doc' | 'inherits'> & { name: string; variables: readonly ConditionVariable[] },
): string {
  return new Document(
    {
      [MARK]: 1,
      name: condition.name,
      ...(condition.doc === '' ? {} : { doc: condition.doc }),
      ...(condition.inherits === null ? {} : { inherits: condition.inherits }),
      variables: Object.fromEntries(condition.variables.map((each) => [each.name, node(each)])),
    },
    TYPES,
  ).toString(FORM);
}

const TYPES = { customTags: withExactFloats } as const;
const FORM = { lineWidth: 0 } as const;

function node({ type, value }: ConditionVariable): unknown {
  if (type === 'int') return BigInt(value);
  if (type === 'float') return exactFloat(value);
  if (type !== 'secret') return value;
  const scalar = new Scalar('');
  scalar.tag = SECRET_TAG;
  return scalar;
}

/** Reads either form. Throws BAD_REQUEST with every reason. */
export function readConditionFile(yaml: string): ConditionFile {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, intAsBigInt: true, merge: true, prettyErrors: false, logLevel: 'error' });
  refuse(document.errors.map(({ message, pos }) => `Line ${lines.linePos(pos[0]).line}: ${message}`));
  const { contents } = document;
  if (contents !== null && !isMap(contents)) refuse(['Line 1: a condition is a list of “name: value”.']);
  const notes = hasComments(document) ? ['Comments of the file are not kept.'] : [];
  if (contents === null || !isMap(contents)) return { ...EMPTY, notes };
  if (!contents.has(MARK)) return { ...EMPTY, variables: readVariables(document, contents, lines), notes };
  const variables = contents.get('variables');
  if (variables !== undefined && variables !== null && !isMap(variables)) refuse(['“variables” is a list of “name: value”.']);
  return {
    name: text(contents, 'name'),
    doc: text(contents, 'doc') ?? '',
    inherits: text(contents, 'inherits'),
    variables: isMap(variables) ? readVariables(document, variables, lines) : [],
    notes,
  };
}

function hasComments(document: Document.Parsed): boolean {
  const found = [document.comment, document.commentBefore];
  visit(document, { Node: (_key, { comment, commentBefore }) => void found.push(comment ?? null, commentBefore ?? null) });
  return found.some((comment) => typeof comment === 'string');
}

const EMPTY: ConditionFile = { name: null, doc: '', inherits: null, variables: [], notes: [] };

function text(map: YAMLMap, key: string): string | null {
  const value = map.get(key);
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') refuse([`“${key}” is a text.`]);
  return value as string;
}

function readVariables(document: Document.Parsed, map: YAMLMap, lines: LineCounter): ConditionVariable[] {
  const problems: string[] = [];
  const variables = map.items.flatMap((pair): ConditionVariable[] => {
    if (!isPair(pair) || !isScalar(pair.key)) return [];
    const name = String(pair.key.value);
    const at = pair.key.range === undefined || pair.key.range === null ? '' : `Line ${lines.linePos(pair.key.range[0]).line}: `;
    if (name === '<<') {
      problems.push(`${at}merging (<<) is not taken over; write the variables themselves.`);
      return [];
    }
    if (isScalar(pair.value) && pair.value.tag === SECRET_TAG) return [{ name, type: 'secret' as const, value: null }];
    try {
      return [typed(name, valueOf(document, pair.value))];
    } catch (error) {
      problems.push(`${at}${name}: ${error instanceof Error ? error.message : String(error)}`);
      return [];
    }
  });
  refuse(problems);
  return variables;
}

function valueOf(document: Document.Parsed, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object' && 'toJS' in value && typeof value.toJS === 'function')
    return (value.toJS as (document: Document.Parsed, options: { maxAliasCount: number }) => unknown).call(value, document, {
      maxAliasCount: 1000,
    });
  return value;
}

/** Whole numbers arrive as BigInt and all others as number, so what is a number here is a float whatever its digits are. */
function typed(name: string, value: unknown): ConditionVariable {
  if (value === null) return { name, type: 'none', value: null };
  if (typeof value === 'string') return { name, type: 'str', value };
  if (typeof value === 'boolean') return { name, type: 'bool', value };
  if (typeof value === 'bigint') return { name, type: 'int', value: whole(value) };
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`${value} cannot be handed to Robot; write it as text.`);
    return { name, type: 'float', value };
  }
  if (Array.isArray(value)) return { name, type: 'list', value: plain(value) as never };
  return { name, type: 'dict', value: plain(value) as never };
}

function whole(value: bigint): number | string {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = whole(value);
    if (typeof number === 'string')
      throw new Error(`${number} is too large inside a list or dictionary; make it a variable of its own, or text.`);
    return number;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} cannot be handed to Robot; write it as text.`);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
}

function refuse(problems: readonly string[]): void {
  const [first] = problems;
  if (first === undefined) return;
  throw new WorkbenchError('BAD_REQUEST', `The condition cannot be read. ${first}`, {
    details: [...problems],
    reasons: problems.map((message) => ({ code: 'CONDITION_BROKEN', message, subject: null })),
  });
}
