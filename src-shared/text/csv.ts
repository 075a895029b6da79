/** A line of a CSV file with the number of the line on which it begins, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

const FORMULA = /^'*[=+\-@\t\r]/u;
const NUMBER = /^[+-]?\d+(?:\.\d+)?$/u;

/** A cell as a spreadsheet shows it and never computes it: what would begin a formula gets an apostrophe. */
export function neutralCell(value: string): string {
  return FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
}

/** What `neutralCell` was given; any other cell stays as it is. */
export function plainCell(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) && !NUMBER.test(cell.slice(1)) ? cell.slice(1) : cell;
}

/** Lines of cells as RFC 4180 says, with formulas made harmless. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function quoted(value: string): string {
  const cell = neutralCell(value);
  return /[",;\t\r\n]|^\s|\s$/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Reads lines of cells. The separator is the one of comma, semicolon and tab that the first line uses most, as spreadsheets of other
 * countries write it. Lines without any text are left out. A quote that is never closed is answered as `open`, the line where it began.
 */
export function readCsv(text: string): { rows: CsvRow[]; open: number | null } {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const reader = new Reader(source, separatorOf(source));
  return { rows: reader.rows().filter(({ cells }) => cells.some((cell) => cell !== '')), open: reader.open };
}

function separatorOf(text: string): string {
  const first = (/^[^\r\n]*/u.exec(text)?.[0] ?? '').replace(/"[^"]*"/gu, '');
  const count = (mark: string): number => first.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

class Reader {
  open: number | null = null;
  readonly #text: string;
  readonly #separator: string;
  #at = 0;
  #line = 1;

  constructor(text: string, separator: string) {
    this.#text = text;
    this.#separator = separator;
  }

  rows(): CsvRow[] {
    const rows: CsvRow[] = [];
    while (this.#at < this.#text.length) rows.push(this.#row());
    return rows;
  }

  #row(): CsvRow {
    const line = this.#line;
    const cells = [plainCell(this.#cell())];
    while (this.#text[this.#at] === this.#separator) {
      this.#at += 1;
      cells.push(plainCell(this.#cell()));
    }
    if (this.#text.startsWith('\r\n', this.#at)) this.#at += 1;
    this.#at += 1;
    this.#line += 1;
    return { line, cells };
  }

  #cell(): string {
    if (this.#text[this.#at] !== '"') return this.#plain();
    const begun = this.#line;
    let value = '';
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      const mark = this.#text[this.#at] ?? '';
      if (mark === '"' && this.#text[this.#at + 1] !== '"') {
        this.#at += 1;
        return value + this.#plain();
      }
      if (mark === '"') this.#at += 1;
      if (mark === '\n') this.#line += 1;
      value += mark;
    }
    this.open ??= begun;
    return value;
  }

  #plain(): string {
    const from = this.#at;
    while (this.#at < this.#text.length && ![this.#separator, '\r', '\n'].includes(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#text.slice(from, this.#at);
  }
}
