import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neutralCell, readCsv, writeCsv } from './csv.ts';

describe('a CSV file', () => {
  it('comes back as it was, whatever is in its cells', () => {
    const cell = fc.oneof(fc.string(), fc.stringMatching(/^['=+\-@\t\r",;\n a1]{1,6}$/u));
    const row = fc.array(cell, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const text = writeCsv([['first', 'second'], ...rows]);
        const back = readCsv(text);
        expect(back.open).toBeNull();
        expect(back.rows.slice(1).map(({ cells }) => cells)).toEqual(rows.filter((cells) => cells.some((one) => one !== '')));
      }),
    );
  });

  it.each(['=1+1', '+49 30', '-cmd', '@SUM(A1)', '\t=1', '\r=1', "'=1"])('never begins a formula: %j', (value) => {
    expect(neutralCell(value)).toBe(`'${value}`);
  });

  it.each(['-5', '+1.5', 'plain', "o'clock"])('leaves %j alone', (value) => expect(neutralCell(value)).toBe(value));

  it('is read with semicolons, tabs, a byte order mark and any line end', () => {
    const cells = (text: string) => readCsv(text).rows.map((row) => row.cells);
    expect(cells('\uFEFFname;tags\r\na;"x;y"\n')).toEqual([
      ['name', 'tags'],
      ['a', 'x;y'],
    ]);
    expect(cells('name\ttags\n\n  a\t1,2')).toEqual([
      ['name', 'tags'],
      ['  a', '1,2'],
    ]);
  });

  it('knows on which line each row begins, and where a quote was left open', () => {
    const { rows, open } = readCsv('name,about\na,"two\nlines"\nb,"never closed\nc,1');
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 4]);
    expect(open).toBe(4);
  });
});
