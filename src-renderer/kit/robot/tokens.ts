import type { LineContext } from './line-contexts.ts';

export type TokenKind = 'section' | 'name' | 'setting' | 'control' | 'variable' | 'string' | 'comment' | 'plain';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const CONTROL = new Set(
  'FOR IN END IF ELSE TRY EXCEPT FINALLY WHILE RETURN CONTINUE BREAK VAR GROUP'
    .split(' ')
    .concat(['ELSE IF', 'IN RANGE', 'IN ENUMERATE', 'IN ZIP']),
);

/** Parts of one line, for colours only: joined they are the line again. `context` comes from `contextsOf`. */
export function tokensOf(line: string, context: LineContext): readonly Token[] {
  if (context.section === 'comments') return line === '' ? [] : [{ kind: 'comment', text: line }];
  if (context.role === 'header') return [{ kind: 'section', text: line }];
  const cells = cellsOf(line);
  let first = true;
  let comment = false;
  return cells.flatMap(({ text, gap }, place): readonly Token[] => {
    if (gap) return [{ kind: 'plain', text }];
    comment ||= text.startsWith('#');
    if (comment) return [{ kind: 'comment', text }];
    const lead = first;
    first = false;
    return cellTokens(text, { ...context, lead, atStart: place === 0 || (place === 1 && cells[0]?.text.startsWith('|') === true) });
  });
}

interface Cell extends LineContext {
  /** The first cell of the line. */
  readonly lead: boolean;
  /** It begins at the margin. */
  readonly atStart: boolean;
}

function cellTokens(text: string, cell: Cell): readonly Token[] {
  if (text === '...') return [{ kind: 'plain', text }];
  if (cell.lead) {
    if (cell.section === 'settings') return [{ kind: 'setting', text }];
    if (cell.section !== 'variables' && cell.atStart) return [{ kind: 'name', text }];
    if (/^\[[^\]]+\]$/u.test(text)) return [{ kind: 'setting', text }];
  }
  if (cell.section !== 'settings' && cell.section !== 'variables' && CONTROL.has(text)) return [{ kind: 'control', text }];
  if (cell.role === 'documentation' && !cell.lead) return [{ kind: 'string', text }];
  return variablesIn(text);
}

/** `${x}`, `@{x}`, `&{x}`, `%{x}`, with what nests in them, and item access behind them. */
function variablesIn(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let plain = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if ('$@&%'.includes(text[at] ?? '') && text[at + 1] === '{') {
      const end = endOfVariable(text, at + 1);
      if (end === null) continue;
      if (at > plain) tokens.push({ kind: 'plain', text: text.slice(plain, at) });
      tokens.push({ kind: 'variable', text: text.slice(at, end) });
      plain = end;
      at = end - 1;
    }
  }
  if (plain < text.length) tokens.push({ kind: 'plain', text: text.slice(plain) });
  return tokens;
}

/** Where a variable that opens at `from` ends; null when it never closes. */
function endOfVariable(text: string, from: number): number | null {
  let depth = 0;
  const pair = text[from] === '[' ? '[]' : '{}';
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === pair[0]) depth += 1;
    else if (text[at] === pair[1]) depth -= 1;
    if (depth > 0) continue;
    return text[at + 1] === '[' ? (endOfVariable(text, at + 1) ?? at + 1) : at + 1;
  }
  return null;
}

interface Piece {
  readonly text: string;
  readonly gap: boolean;
}

/** Cells and what stands between them: two or more blanks, a tab, or ` | ` in lines that begin with it. */
export function cellsOf(line: string): readonly Piece[] {
  const gaps = /^\|\s/u.test(line) ? /^\|\s+|\s+\|(?:\s+|$)/gu : /^\s+|\s{2,}|\t\s*|\s+$/gu;
  const pieces: Piece[] = [];
  let last = 0;
  for (const { index, 0: text } of line.matchAll(gaps)) {
    if (index > last) pieces.push({ text: line.slice(last, index), gap: false });
    pieces.push({ text, gap: true });
    last = index + text.length;
  }
  if (last < line.length) pieces.push({ text: line.slice(last), gap: false });
  return pieces;
}
