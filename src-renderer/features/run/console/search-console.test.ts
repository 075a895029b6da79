import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { MOST_HITS, searchConsole, UNSEARCHED, type Searched } from './search-console.ts';
import type { Piece } from './stretch.ts';

const reader =
  (file: string, step: number) =>
  (offset: number): Promise<Piece> =>
    Promise.resolve({ text: file.slice(offset, offset + step), offset, next: Math.min(file.length, offset + step), size: file.length });

async function search(file: string, step: number, text: string): Promise<Searched> {
  let searched = UNSEARCHED;
  const onPart = (part: Searched): void => {
    searched = part;
  };
  await searchConsole({ read: reader(file, step), text, onPart, signal: new AbortController().signal });
  return searched;
}

describe('searching a console', () => {
  it('finds the same lines whatever the pieces, and says in which piece each begins', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('ab', 'cAb', 'c', '', 'cc'), { maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        async (lines, step) => {
          const file = lines.join('\n');
          const { hits } = await search(file, step, 'aB');
          expect(hits.map((hit) => hit.text)).toEqual(lines.filter((line) => line.toLowerCase().includes('ab')));
          for (const hit of hits) expect(file.slice(hit.offset).split('\n')[hit.line]).toBe(hit.text);
        },
      ),
    );
  });

  it('looks at what is shown, not at colours', async () => {
    expect((await search('a\u001b[31mb\u001b[0mc\n', 1000, 'abc')).hits).toHaveLength(1);
    expect((await search('a\u001b[31mb\n', 1000, '31m')).hits).toHaveLength(0);
  });

  it('stops at more hits than anybody reads', async () => {
    const searched = await search('x\n'.repeat(MOST_HITS + 500), 1000, 'x');
    expect([searched.hits.length, searched.full]).toEqual([MOST_HITS, true]);
  });

  it('tells nothing after it was called off', async () => {
    const leave = new AbortController();
    const onPart = vi.fn();
    const read = (): Promise<Piece> => {
      leave.abort();
      return Promise.resolve({ text: 'x', offset: 0, next: 1, size: 1 });
    };
    await searchConsole({ read, text: 'x', onPart, signal: leave.signal });
    expect(onPart).not.toHaveBeenCalled();
  });
});
