import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { exitCodeOf } from './exit-codes.ts';
import { columns, Output, printable } from './output.ts';
import { countsText, durationText } from './run-text.ts';

function sink() {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream, text: () => text };
}

describe('output', () => {
  it('keeps answers and progress apart, and JSON free of both', () => {
    const out = sink();
    const err = sink();
    const output = new Output(true, out.stream, err.stream);
    output.progress('working');
    output.answer({ a: 1 }, () => 'one');
    expect(JSON.parse(out.text())).toEqual({ a: 1 });
    expect(err.text()).toBe('');
  });
  it('makes control characters of strangers harmless', () => {
    expect(printable('a\u001b]0;x\u0007b\nc\td')).toBe('a·]0;x·b⏎c d');
  });
  it('aligns columns', () => {
    expect(
      columns([
        ['a', 'bb', 'c'],
        ['aaa', 'b', 'cc'],
      ]),
    ).toBe('a    bb  c\naaa  b   cc');
    expect(columns([])).toBe('');
  });
});

describe('words and codes', () => {
  it('says the exit code of every verdict', () => {
    expect([
      exitCodeOf('passed'),
      exitCodeOf('failed'),
      exitCodeOf('error'),
      exitCodeOf('lost'),
      exitCodeOf('stopped'),
      exitCodeOf(null),
    ]).toEqual([0, 1, 2, 2, 3, 2]);
  });
  it('names only what there is', () => {
    expect(countsText({ passed: 3, failed: 0, skipped: 0, notRun: 0 })).toBe('3 passed, 0 failed');
    expect(countsText({ passed: 3, failed: 1, skipped: 2, notRun: 4 })).toBe('3 passed, 1 failed, 2 skipped, 4 not run');
    expect([durationText(1234), durationText(61_000), durationText(3_660_000)]).toEqual(['1.2 s', '1 m 01 s', '1 h 01 m']);
  });
});
