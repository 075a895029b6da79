import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinWords, splitWords } from './command-line.ts';

describe('a program with its arguments as one line', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (words) => {
        expect(splitWords(joinWords(words))).toEqual(words);
      }),
    );
  });

  it('is divided at blanks, not within quotes', () => {
    expect(splitWords(`/usr/bin/pdu --outlet "rack 3" 'a "b"' C:\\tools\\x`)).toEqual([
      '/usr/bin/pdu',
      '--outlet',
      'rack 3',
      'a "b"',
      'C:\\tools\\x',
    ]);
  });

  it.each(['pdu "on', "pdu 'on"])('is refused with an open quote: %s', (line) => expect(splitWords(line)).toBeNull());
});
