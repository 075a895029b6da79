import { describe, expect, it } from 'vitest';
import { readTime, readVariables, readWords } from './written.ts';

describe('times as one writes them', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['30', 1_800_000],
    ['1.5', 90_000],
    ['90 s', 90_000],
    ['90s', 90_000],
    ['1 h 30 min', 5_400_000],
    ['1h30m', 5_400_000],
    ['2 hours, 5 seconds', 7_205_000],
    ['2 Days', 172_800_000],
    ['0', undefined],
    ['-5 min', undefined],
    ['soon', undefined],
    ['5 parsecs', undefined],
    ['5 min or so', undefined],
  ])('%j is %j ms', (text, milliseconds) => expect(readTime(text)).toBe(milliseconds));
});

describe('arguments as one types them', () => {
  it.each([
    ['', []],
    ['--loglevel TRACE', ['--loglevel', 'TRACE']],
    [`--name "Two words" --doc ''`, ['--name', 'Two words', '--doc', '']],
    [`--set'tag's=it"s"`, ['--settags=its']],
    ['a\n b\t c ', ['a', 'b', 'c']],
    [String.raw`C:\temp\x`, [String.raw`C:\temp\x`]],
  ])('%j', (text, words) => expect(readWords(text)).toEqual({ words, open: false }));

  it('notices a quote that stays open', () => expect(readWords('--name "Two').open).toBe(true));
});

it('tells variables from lines that are none', () => {
  expect(readVariables('HOST:10.0.0.1:623\r\n\n  USER: root\nnothing\n:empty')).toEqual({
    variables: ['HOST:10.0.0.1:623', 'USER: root'],
    wrong: ['nothing', ':empty'],
  });
});
