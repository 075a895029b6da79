import { describe, expect, it } from 'vitest';
import { matchLabel } from './match.ts';

describe('finding by a few letters', () => {
  it('prefers the beginning, then a word, then the inside, then other words', () => {
    const score = (label: string, words = ''): number | undefined => matchLabel('pow', label, words)?.score;
    expect([score('Power cycle'), score('02__power'), score('Empower'), score('Off', 'power')]).toEqual([3, 2, 1, 0]);
    expect(matchLabel('pow', 'Reserve')).toBeNull();
  });

  it('wants every word of the text, in any order', () => {
    expect(matchLabel('queue pause', 'Pause the queue')).toMatchObject({ from: 0, to: 5 });
    expect(matchLabel('queue stop', 'Pause the queue')).toBeNull();
    expect(matchLabel('queue stop', 'Pause the queue', 'hold stop')).not.toBeNull();
  });

  it('takes everything while nothing is typed', () => expect(matchLabel('  ', 'Anything')).toMatchObject({ from: 0, to: 0 }));
});
