import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsWildcard, matchesWildcard } from './wildcard.ts';

const asExpression = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\/-]/gu, String.raw`\$&`)
      .replaceAll('*', '[^]*')
      .replaceAll('?', '[^]')}$`,
    'u',
  );

describe('a pattern with * and ?', () => {
  it('says the same as the regular expression that it stands for', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '\n') });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
    fc.assert(fc.property(pattern, text, (one, other) => matchesWildcard(one, other) === asExpression(one).test(other)));
  });
  it('is found within a message whatever its capitals, and does not hang on a hostile one', () => {
    expect(containsWildcard('timed out after * s', 'Ping 10.0.0.1 TIMED OUT after 30 s, given up')).toBe(true);
    expect(containsWildcard('refused', 'accepted')).toBe(false);
    expect(containsWildcard('a*a*a*a*a*a*b', 'a'.repeat(20_000))).toBe(false);
  });
});
