/** The first sentence says what; the rest why and what now. */
export function inTwo(message: string): readonly [what: string, why: string] {
  const end = message.indexOf('. ');
  return end < 0 ? [message.replace(/\.$/u, ''), ''] : [message.slice(0, end), message.slice(end + 2)];
}
