import { describe, expect, it } from 'vitest';
import { appendPiece, consoleLines, MOST_HELD, NOTHING, prependPiece } from './console-text.ts';

describe('console lines', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', ['red']],
    ['a title and a clipboard write', '\u001b]0;owned\u0007a\u001b]52;c;AAAA\u001b\\b', ['ab']],
    ['cursor and screen', 'a\u001b[2J\u001b[1;1Hb\u001bMc', ['abc']],
    ['other control characters', 'a\u0000b\u0008c\u009bd', ['a·b·c·d']],
    ['Windows line ends', 'a\r\nb\r\n', ['a', 'b', '']],
    ['a progress bar', ' 10 %\r 57 %\r100 %', ['100 %']],
    ['a shorter line over a longer one', 'longer\rab', ['abnger']],
    ['text in any script', 'Prüfung ✓ 漢字', ['Prüfung ✓ 漢字']],
  ])('shows %s as plain text', (_name, text, lines) => {
    expect(consoleLines(text)).toEqual(lines);
  });
});

describe('the stretch of a console that is held', () => {
  const piece = (offset: number, text: string) => ({ offset, text, next: offset + text.length, size: 100 });
  it('grows at both ends', () => {
    const tail = appendPiece(NOTHING, piece(40, 'cd'));
    expect(appendPiece(tail, piece(42, 'ef'))).toEqual({ from: 40, to: 44, size: 100, text: 'cdef' });
    expect(prependPiece(tail, piece(38, 'ab'))).toEqual({ from: 38, to: 42, size: 100, text: 'abcd' });
  });
  it('begins anew where a piece does not fit on', () => {
    expect(appendPiece({ from: 0, to: 4, size: 4, text: 'abcd' }, piece(50, 'x'))).toMatchObject({ from: 50, text: 'x' });
  });
  it('lets the oldest whole lines go, counted in bytes', () => {
    const line = `${'ü'.repeat(999)}\n`;
    const full = appendPiece(NOTHING, { offset: 0, text: line.repeat(MOST_HELD / 1000), next: 1999 * (MOST_HELD / 1000), size: 0 });
    const next = appendPiece(full, { offset: full.to, text: line, next: full.to + 1999, size: 0 });
    expect(next.text.length).toBeLessThanOrEqual(MOST_HELD);
    expect(next.from).toBe(1999);
    expect(next.text.startsWith('ü')).toBe(true);
  });
});
