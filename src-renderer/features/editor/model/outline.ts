import { contextOf, TOP, type Section } from '../../../kit/robot/line-contexts.ts';

/** A test case or a keyword of a file; lines begin at 1, `end` is the last line of its body. */
export interface OutlineEntry {
  readonly kind: 'case' | 'keyword';
  readonly name: string;
  readonly line: number;
  readonly end: number;
}

/** Cases and keywords in the order they stand; tasks are cases. */
export function outlineOf(lines: Iterable<string>): readonly OutlineEntry[] {
  const found: OutlineEntry[] = [];
  let above = TOP;
  let kind: OutlineEntry['kind'] | null = null;
  let number = 0;
  for (const line of lines) {
    number += 1;
    const { context, below } = contextOf(line, above);
    above = below;
    if (context.role === 'header') kind = kindOf(line, below.section);
    const name = kind === null || context.role === 'header' ? null : nameIn(line);
    const last = found.at(-1);
    if (kind !== null && name !== null) found.push({ kind, name, line: number, end: number });
    else if (kind !== null && last !== undefined && line.trim() !== '' && context.role !== 'header') {
      found[found.length - 1] = { ...last, end: number };
    }
  }
  return found;
}

/** The case or keyword that a line belongs to. */
export function entryAt(outline: readonly OutlineEntry[], line: number): OutlineEntry | null {
  return outline.findLast((entry) => entry.line <= line) ?? null;
}

function kindOf(header: string, section: Section): OutlineEntry['kind'] | null {
  if (section !== 'body') return null;
  return /keyword/iu.test(header) ? 'keyword' : 'case';
}

/** The name at the margin of a line; what begins with blanks, a comment or `...` is no name. */
function nameIn(line: string): string | null {
  const text = line.startsWith('| ')
    ? (line
        .split(/\s+\|\s*/u)[0]
        ?.slice(1)
        .trim() ?? '')
    : line;
  if (text === '' || /^[\s#*]|^\.\.\./u.test(text)) return null;
  return text.split(/\s{2,}|\t/u)[0] ?? null;
}
