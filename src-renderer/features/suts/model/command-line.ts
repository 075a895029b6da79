/**
 * The program and its arguments of one line, divided at blanks; quotes hold together what has blanks. No shell reads it: nothing else has a
 * meaning. Null: a quote is never closed.
 */
export function splitWords(line: string): string[] | null {
  const words: string[] = [];
  const word = /\s*((?:[^\s"']|"(?:[^"\\]|\\.)*"|'[^']*')+)/suy;
  const text = line.trimEnd();
  while (word.lastIndex < text.length) {
    const found = word.exec(text)?.[1];
    if (found === undefined) return null;
    words.push(
      found.replaceAll(
        /"((?:[^"\\]|\\.)*)"|'([^']*)'/gsu,
        (_all, double?: string, single?: string) => single ?? (double ?? '').replaceAll(/\\(.)/gsu, '$1'),
      ),
    );
  }
  return words;
}

/** The line that `splitWords` divides into these words again. */
export function joinWords(words: readonly string[]): string {
  return words.map((word) => (/^[^\s"']+$/u.test(word) ? word : `"${word.replaceAll(/["\\]/gu, '\\$&')}"`)).join(' ');
}
