import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { meant, type AnswerProblem } from './problem.ts';

/** A file of named values, with the lines they stand in. */
export interface Shaped {
  document: Document;
  value: unknown;
  lineOf: (path: readonly PropertyKey[]) => number | null;
}

/** Reads YAML (JSON is YAML too); a list of problems when it is none. */
export function readShaped(text: string): Shaped | AnswerProblem[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    return document.errors.slice(0, 5).map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, message: sentence(message) }));
  try {
    return { document, value: document.toJS(), lineOf: (path) => lineOf(document, lines, path) };
  } catch (error) {
    return [{ line: null, message: sentence(error instanceof Error ? error.message : String(error)) }]; // references to nothing, or without end
  }
}

/** What does not have the shape that an installer wants; names that nobody knows are told only where another one is near. */
export function checkShape(
  { document, value, lineOf: line }: Shaped,
  schema: z.ZodType,
  known: ReadonlySet<string> = new Set(),
): AnswerProblem[] {
  const found = schema.safeParse(value);
  const problems = found.success
    ? []
    : found.error.issues.map((issue) => ({ line: line(issue.path), message: `${nameOf(issue.path)}: ${sentence(issue.message)}` }));
  const names =
    known.size > 0 && isMap(document.contents) ? document.contents.items.map(({ key }) => (isScalar(key) ? String(key.value) : '')) : [];
  const typos = names.flatMap((name) => {
    const other = known.has(name) ? null : meant(name, known);
    return other === null ? [] : [{ line: line([name]), message: `${name} is nothing that is known. Is ${other} meant?` }];
  });
  return [...problems, ...typos];
}

/** Of the innermost value of the path that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | null {
  for (let length = path.length; length >= 0; length -= 1) {
    const parent: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    if (isScalar(pair?.key) && pair.key.range) return lines.linePos(pair.key.range[0]).line;
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? (node.range as [number] | null) : null;
    if (range !== null) return lines.linePos(range[0]).line;
  }
  return null;
}

const nameOf = (path: readonly PropertyKey[]): string => (path.length === 0 ? 'It' : path.map(String).join('.'));
const sentence = (message: string): string => (/[.?!]$/u.test(message) ? message : `${message}.`);
