/** What a console says that somebody should know of. */
const PATTERNS: readonly { what: string; words: RegExp }[] = [
  { what: 'kernel panic on the console', words: /kernel panic - not syncing[^\r\n]*/iu },
  { what: 'login prompt on the console', words: /^\S[^\r\n]{0,80} login: $/mu },
];
const LONGEST = 512;

/** Watches a stream of text for the patterns; one that was cut in two by a chunk is found all the same, and each place once. */
export function createPatternWatch(onFound: (found: { what: string; line: string }) => void): (chunk: Buffer) => void {
  let tail = '';
  return (chunk) => {
    const text = tail + chunk.toString('latin1');
    let seen = 0;
    for (const { what, words } of PATTERNS) {
      const match = words.exec(text);
      if (match === null) continue;
      seen = Math.max(seen, match.index + match[0].length);
      onFound({ what, line: match[0].trim() });
    }
    tail = text.slice(Math.max(seen, text.length - LONGEST));
  };
}
