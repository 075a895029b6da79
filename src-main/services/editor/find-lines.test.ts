import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLines, pathFilter, patternOf, type Pattern } from './find-lines.ts';

const plain = (text: string, more: Partial<Pattern> = {}): RegExp =>
  patternOf({ text, regex: false, matchCase: false, wholeWord: false, ...more });

describe('findLines', () => {
  it('takes signs of regular expressions for themselves', () => {
    expect(findLines('a\n${x}[1].*\n', plain('${X}[1].*'), 10)).toEqual([{ line: 2, text: '${x}[1].*', from: 0, to: 9 }]);
  });
  it('finds whole words of any script, and by case when asked', () => {
    expect(findLines('Größe Größen', plain('größe', { wholeWord: true }), 10)).toHaveLength(1);
    expect(findLines('Log log', plain('log', { matchCase: true }), 10)).toMatchObject([{ from: 4 }]);
  });
  it('finds by regular expression, once for nothing', () => {
    const pattern = patternOf({ text: 'x*', regex: true, matchCase: true, wholeWord: false });
    expect(findLines('abxxc', pattern, 10)).toMatchObject([{ from: 2, to: 4 }]);
    expect(() => patternOf({ text: '(', regex: true, matchCase: true, wholeWord: false })).toThrow(SyntaxError);
  });
  it('cuts a long line around what was found', () => {
    const [found] = findLines(`${'a'.repeat(5000)}needle${'b'.repeat(5000)}`, plain('needle'), 1);
    expect(found?.text.slice(found.from, found.to)).toBe('needle');
    expect(found?.text.length).toBeLessThan(500);
  });
  it('finds every text in itself, wherever it stands', () => {
    const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter((value) => !/[\r\n]/u.test(value));
    fc.assert(
      fc.property(text, fc.nat(200), (needle, before) => {
        const found = findLines(`\n${'.'.repeat(before)}${needle}`, plain(needle, { matchCase: true }), 1000);
        return found.some(({ line, text: shown, from, to }) => line === 2 && shown.slice(from, to) === needle);
      }),
    );
  });
});

describe('pathFilter', () => {
  it.each([
    ['', 'a/b.robot', true],
    ['B.rob', 'a/b.robot', true],
    ['*.robot', 'a/b.robot', true],
    ['*.robot', 'a/b.robot.bak', false],
    ['lib/*.py', 'a/lib/x.py', true],
    ['c', 'a/b.robot', false],
  ])('%s takes %s: %s', (files, path, expected) => {
    expect(pathFilter(files)(path)).toBe(expected);
  });
});
