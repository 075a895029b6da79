import type { Writable } from 'node:stream';

/** Where a command speaks: answers on stdout (text or one JSON value), progress and errors on stderr. */
export class Output {
  readonly json: boolean;
  readonly #out: Writable;
  readonly #err: Writable;

  constructor(json: boolean, out: Writable = process.stdout, err: Writable = process.stderr) {
    this.json = json;
    this.#out = out;
    this.#err = err;
  }

  /** The answer of a command: `value` as JSON, or the text made for people. */
  answer(value: unknown, text: () => string): void {
    this.#out.write(this.json ? `${JSON.stringify(value, null, 2)}\n` : `${text()}\n`);
  }

  /** What happens on the way; never mixed into the answer. */
  progress(text: string): void {
    if (!this.json) this.#err.write(`${text}\n`);
  }

  error(text: string): void {
    this.#err.write(`${text}\n`);
  }
}

/** Lines in columns, two spaces apart, the last one as long as it is. Control characters of foreign names are made visible. */
export function columns(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(printable));
  const widths = cells.reduce<number[]>((all, row) => row.map((cell, i) => Math.max(all[i] ?? 0, cell.length)), []);
  return cells.map((row) => row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  ')).join('\n');
}

/** A terminal obeys control characters; names and messages come from strangers. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (c) => (c === '\n' ? '⏎' : c === '\t' ? ' ' : '·'));
}
