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

/** One pass over a file. Text before the first section is a comment to Robot; sections of other languages are taken for bodies. */
export function contextsOf(lines: readonly string[]): readonly LineContext[] {
  let section: Section = 'comments';
  let role: LineContext['role'] = 'other';
  return lines.map((line): LineContext => {
    if (line.startsWith('*')) {
      const name = HEADER.exec(line.split(/\s{2,}|\t/u)[0] ?? '')?.[1] ?? '';
      section = SECTIONS[name.toLowerCase()] ?? 'body';
      role = 'other';
      // The head itself is no comment, whatever it opens.
      return { section: 'body', role: 'header', continued: false };
    }
    const cell = /^(?:\|\s+|\s+)*(.*?)(?:\s{2,}|\t|\s+\||\s*$)/u.exec(line)?.[1] ?? '';
    if (cell === '' || cell.startsWith('#')) return { section, role: 'other', continued: false };
    if (cell === '...') return { section, role, continued: true };
    role = /^\[?documentation\]?$/iu.test(cell) ? 'documentation' : 'other';
    return { section, role, continued: false };
  });
}
