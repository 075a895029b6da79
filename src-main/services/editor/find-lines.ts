import type { FindQuery, FoundLine } from '../../../src-shared/model/editor.ts';

/** A longer line is shown around what was found. */
const LONGEST_LINE = 400;
const BEFORE = 80;

export type Pattern = Pick<FindQuery, 'text' | 'regex' | 'matchCase' | 'wholeWord'>;

/** The pattern of a query, for one line at a time. Throws SyntaxError for a broken regular expression. */
export function patternOf({ text, regex, matchCase, wholeWord }: Pattern): RegExp {
  const source = regex ? text : text.replaceAll(/[$()*+.?[\\\]^{|}/]/gu, String.raw`\$&`);
  const word = wholeWord ? String.raw`(?<![\p{L}\p{N}_])(?:${source})(?![\p{L}\p{N}_])` : source;
  return new RegExp(word, matchCase ? 'gu' : 'giu');
}

/** Whether a path is among those asked for: it has the text in it, or matches it where there is a `*`. */
export function pathFilter(files: string): (path: string) => boolean {
  const wanted = files.trim().toLowerCase();
  if (wanted === '') return () => true;
  if (!wanted.includes('*')) return (path) => path.toLowerCase().includes(wanted);
  const source = wanted
    .split(/\*+/u)
    .map((part) => part.replaceAll(/[$()+.?[\\\]^{|}/]/gu, String.raw`\$&`))
    .join('.*');
  const whole = new RegExp(`(^|/)${source}$`, 'u');
  return (path) => whole.test(path.toLowerCase());
}

/** Every find in a text, one entry each, up to `limit`. A find of nothing (`x*`) is none. */
export function findLines(text: string, pattern: RegExp, limit: number): FoundLine[] {
  const found: FoundLine[] = [];
  const lines = text.split(/\r\n|\r|\n/u);
  for (const [index, line] of lines.entries()) {
    for (const match of line.matchAll(pattern)) {
      if (match[0] === '') continue;
      found.push(show(line, index + 1, { from: match.index, to: match.index + match[0].length }));
      if (found.length >= limit) return found;
    }
  }
  return found;
}

function show(line: string, number: number, { from, to }: { from: number; to: number }): FoundLine {
  if (line.length <= LONGEST_LINE) return { line: number, text: line, from, to };
  const begin = Math.max(0, from - BEFORE);
  const text = line.slice(begin, begin + LONGEST_LINE);
  return { line: number, text, from: from - begin, to: Math.min(to - begin, text.length) };
}
