export interface GuideText {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

/** A stretch of a page under one heading that holds everything that was looked for. */
export interface GuideHit {
  readonly page: string;
  readonly title: string;
  /** Empty above the first heading. */
  readonly heading: string;
  /** Where on the page, as `anchorOf` makes it; empty = its beginning. */
  readonly anchor: string;
  /** Words around the first that was found: what is before it, itself, and what follows. */
  readonly around: readonly [string, string, string];
}

interface Section {
  readonly heading: string;
  readonly text: string;
}

/** Signs kept on each side of what was found. */
const AROUND = 70;

/** Sections whose heading and text together hold every word, those first whose heading holds one; within a page in its order. */
export function findInGuide(pages: readonly GuideText[], query: string): GuideHit[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  const hits = pages.flatMap(({ name, title, text }) =>
    sectionsOf(text).flatMap((section) => {
      const whole = `${title}\n${section.heading}\n${section.text}`.toLowerCase();
      if (!words.every((word) => whole.includes(word))) return [];
      const inHeading = words.some((word) => section.heading.toLowerCase().includes(word));
      const hit = { page: name, title, heading: section.heading, anchor: anchorOf(section.heading), around: aroundOf(section.text, words) };
      return [{ hit, inHeading }];
    }),
  );
  return hits.toSorted((a, b) => Number(b.inHeading) - Number(a.inHeading)).map(({ hit }) => hit);
}

/** `#` of an address for a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/gu, '');
}

function sectionsOf(markdown: string): Section[] {
  const sections: { heading: string; lines: string[] }[] = [{ heading: '', lines: [] }];
  let code = false;
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) code = !code;
    const [, heading] = code ? [] : (/^##+ (.+)$/u.exec(line) ?? []);
    if (heading !== undefined) sections.push({ heading: plain(heading), lines: [] });
    else if (code || !line.startsWith('# ')) sections.at(-1)?.lines.push(line.replace(/^\s*(?:[-*]|\d+\.) /u, ''));
  }
  return sections.map(({ heading, lines }) => ({ heading, text: plain(lines.join(' ')) }));
}

/** Without the signs of Markdown: what a reader sees. */
function plain(markdown: string): string {
  return markdown
    .replace(/!\[[^\]]*\]\([^)]*\)/gu, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/`{3}\w*|[`*]|(?<=^|\s)_|_(?=\s|[.,;]|$)|\|[\s:-]*(?=\|)|\|/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

function aroundOf(text: string, words: readonly string[]): readonly [string, string, string] {
  const lower = text.toLowerCase();
  const [first] = words
    .map((word) => ({ at: lower.indexOf(word), length: word.length }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  if (first === undefined) return [cut(text, 2 * AROUND), '', ''];
  const end = first.at + first.length;
  const from = Math.max(0, first.at - AROUND);
  const before = text.slice(from, first.at);
  // Whole words at both ends.
  const begins = from === 0 ? before : `… ${before.slice(before.indexOf(' ') + 1)}`;
  return [begins, text.slice(first.at, end), cut(text.slice(end), AROUND)];
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const part = text.slice(0, length);
  return `${part.slice(0, Math.max(part.lastIndexOf(' '), 0))} …`;
}
