/** Why an installer would stumble over a file, and where. */
export interface AnswerProblem {
  /** From 1; null for the file as a whole. */
  line: number | null;
  message: string;
}

/** The word that was probably meant; null when none is near enough to say so. */
export function meant(word: string, known: Iterable<string>): string | null {
  let best: string | null = null;
  let least = word.length < 5 ? 2 : 3;
  for (const each of known) {
    const distance = distanceOf(word, each, least);
    if (distance < least) [best, least] = [each, distance];
  }
  return best;
}

/** Letters that are other ones, missing or too many; `most` where there are at least so many. */
function distanceOf(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) >= most) return most;
  let before = [...Array(other.length + 1).keys()];
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      now.push(Math.min((before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1, (before[column - 1] ?? 0) + same));
    }
    before = now;
  }
  return Math.min(before.at(-1) ?? most, most);
}
