const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  sec: 1000,
  second: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
};

/** `90 s`, `30 min`, `1 h 30 m`; a number alone is minutes. Null when empty, undefined when it cannot be understood. Milliseconds. */
export function readTime(text: string): number | null | undefined {
  const written = text.trim().toLowerCase();
  if (written === '') return null;
  if (/^\d+(?:\.\d+)?$/u.test(written)) return positive(Number(written) * 60_000);
  const parts = [...written.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)[\s,]*/gu)];
  if (parts.map(([whole]) => whole).join('') !== written) return undefined;
  let sum = 0;
  for (const [, number = '', unit = ''] of parts) {
    const size = UNITS[unit] ?? UNITS[unit.replace(/s$/u, '')];
    if (size === undefined) return undefined;
    sum += Number(number) * size;
  }
  return positive(sum);
}

function positive(milliseconds: number): number | undefined {
  return milliseconds >= 1 ? Math.round(milliseconds) : undefined;
}

export interface Words {
  readonly words: readonly string[];
  /** A quote was opened and not closed. */
  readonly open: boolean;
}

/** Arguments as one types them: divided by spaces and lines, quotes keep together what belongs together. */
export function readWords(text: string): Words {
  const words: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (const sign of text) {
    if (quote !== '') {
      if (sign === quote) quote = '';
      else word = (word ?? '') + sign;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
      word ??= '';
    } else if (/\s/u.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + sign;
  }
  if (word !== null) words.push(word);
  return { words, open: quote !== '' };
}

/** One `NAME:VALUE` a line; `wrong` are lines without a name or a colon. */
export function readVariables(text: string): { readonly variables: readonly string[]; readonly wrong: readonly string[] } {
  const lines = text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isVariable = (line: string): boolean => /^[^:]+:/u.test(line);
  return { variables: lines.filter(isVariable), wrong: lines.filter((line) => !isVariable(line)) };
}
