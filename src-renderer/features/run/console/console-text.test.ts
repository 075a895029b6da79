import { describe, expect, it } from 'vitest';
import { consoleLines } from './console-text.ts';

describe('console lines', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', ['red']],
    ['a title and a clipboard write', '\u001b]0;owned\u0007a\u001b]52;c;AAAA\u001b\\b', ['ab']],
    ['a title that never ends', '\u001b]0;a\nb', ['', 'b']],
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
