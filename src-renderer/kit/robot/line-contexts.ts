export type Section = 'settings' | 'variables' | 'body' | 'comments';

/** What must be known about a line besides its own text. */
export interface LineContext {
  readonly section: Section;
  /** What its first cell makes of the rest; `...` goes on with what the line above was. */
  readonly role: 'header' | 'documentation' | 'other';
  readonly continued: boolean;
}

const SECTIONS: Readonly<Record<string, Section>> = {
  setting: 'settings',
  settings: 'settings',
  variable: 'variables',
  variables: 'variables',
  comment: 'comments',
  comments: 'comments',
};

const HEADER = /^\*+\s*([^*]*?)\s*\**\s*$/u;

/** What a line is told by those above it. */
export interface Above {
  readonly section: Section;
  readonly role: LineContext['role'];
}

/** Text before the first section is a comment to Robot; sections of other languages are taken for bodies. */
export const TOP: Above = { section: 'comments', role: 'other' };

/** One pass over a file. */
export function contextsOf(lines: readonly string[]): readonly LineContext[] {
  let above = TOP;
  return lines.map((line) => {
    const { context, below } = contextOf(line, above);
    above = below;
    return context;
  });
}

/** What a line is, and what it tells the next. */
export function contextOf(line: string, above: Above): { context: LineContext; below: Above } {
  const { section, role } = above;
  if (line.startsWith('*')) {
    const name = HEADER.exec(line.split(/\s{2,}|\t/u)[0] ?? '')?.[1] ?? '';
    // The head itself is no comment, whatever it opens.
    const context: LineContext = { section: 'body', role: 'header', continued: false };
    return { context, below: { section: SECTIONS[name.toLowerCase()] ?? 'body', role: 'other' } };
  }
  const cell = /^(?:\|\s+|\s+)*(.*?)(?:\s{2,}|\t|\s+\||\s*$)/u.exec(line)?.[1] ?? '';
  if (cell === '' || cell.startsWith('#')) return { context: { section, role: 'other', continued: false }, below: above };
  if (cell === '...') return { context: { section, role, continued: true }, below: above };
  const own = /^\[?documentation\]?$/iu.test(cell) ? 'documentation' : 'other';
  return { context: { section, role: own, continued: false }, below: { section, role: own } };
}
