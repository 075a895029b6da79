/**
 * Whether the whole text fits a pattern in which `*` stands for any characters, line ends included, and `?` for one; capitals do not count.
 * Takes time in proportion to both lengths at the most, whatever the pattern: patterns come from people, messages from strangers.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const wanted = [...pattern.toLowerCase()];
  const given = [...text.toLowerCase()];
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < given.length;) {
    if (wanted[at] === '*') {
      star = at;
      resume = index;
      at += 1;
    } else if (wanted[at] === '?' || wanted[at] === given[index]) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else return false;
  }
  while (wanted[at] === '*') at += 1;
  return at === wanted.length;
}

/** Whether the pattern is found anywhere within the text. */
export function containsWildcard(pattern: string, text: string): boolean {
  return matchesWildcard(`*${pattern}*`, text);
}
