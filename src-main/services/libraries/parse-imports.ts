/** One import as a file has it. */
export interface FoundImport {
  kind: 'library' | 'resource' | 'variables';
  name: string;
  line: number;
}

const SETTINGS = /^\*+\s*settings?\s*\**$/iu;
const HEADER = /^\*/u;
const KINDS: Readonly<Record<string, FoundImport['kind']>> = { library: 'library', resource: 'resource', variables: 'variables' };
/** Keywords that import while a test runs. */
const IMPORTING: Readonly<Record<string, FoundImport['kind']>> = {
  importlibrary: 'library',
  importresource: 'resource',
  importvariables: 'variables',
};

/** Imports in Robot data, in the settings and by keyword. Other languages' words for settings are not known here. */
export function parseImports(text: string): FoundImport[] {
  const found: FoundImport[] = [];
  let inSettings = false;
  text.split(/\r\n|\r|\n/u).forEach((raw, index) => {
    if (HEADER.test(raw)) {
      inSettings = SETTINGS.test(cellsOf(raw)[0] ?? '');
      return;
    }
    const cells = cellsOf(raw);
    const [kind, name] = inSettings ? settingIn(cells) : keywordIn(cells);
    if (kind !== undefined && name !== undefined && name !== '' && !name.startsWith('#')) found.push({ kind, name, line: index + 1 });
  });
  return found;
}

type Import = [FoundImport['kind'] | undefined, string | undefined];

function settingIn([first = '', name]: readonly string[]): Import {
  return [KINDS[first.toLowerCase()], name];
}

function keywordIn(cells: readonly string[]): Import {
  const at = cells.findIndex((cell) => IMPORTING[plain(cell)] !== undefined);
  return at < 0 ? [undefined, undefined] : [IMPORTING[plain(cells[at] ?? '')], cells[at + 1]];
}

/** Robot compares keyword names without case, spaces and underscores; `BuiltIn.` may stand before them. */
function plain(cell: string): string {
  return cell
    .toLowerCase()
    .replaceAll(/[ _]/gu, '')
    .replace(/^builtin\./u, '');
}

/** Separated by two spaces, a tab, or pipes with spaces around them. A row that begins with blanks has its first cell empty: dropped. */
function cellsOf(raw: string): string[] {
  const line = raw.trimEnd();
  const cells = /^\s*\| /u.test(`${line} `)
    ? line
        .trim()
        .replace(/\s\|$/u, '')
        .slice(1)
        .split(/\s\|\s/u)
    : line.trim().split(/ {2,}|\t+ */u);
  return cells.map((cell) => cell.trim()).filter((cell, index) => index > 0 || cell !== '');
}
