import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkHistory, type Operation } from './check-history.ts';

const operation = (id: string, did: Operation['did'], ...[from, to]: [number, number]): Operation => ({ id, did, from, to });

describe('the check of a history', () => {
  it('takes what happened one after the other', () => {
    expect(
      checkHistory([
        operation('a', 'reserved', 0, 1),
        operation('b', 'refused', 2, 3),
        operation('a', 'released', 4, 5),
        operation('b2', 'reserved', 6, 7),
      ]),
    ).toBeNull();
  });

  it('takes what overlaps where some order explains it', () => {
    expect(
      checkHistory([operation('b', 'refused', 0, 9), operation('a', 'reserved', 1, 8), operation('a', 'released', 8, Infinity)]),
    ).toBeNull();
  });

  it.each<[string, Operation[]]>([
    ['two holders at once', [operation('a', 'reserved', 0, 1), operation('b', 'reserved', 2, 3), operation('a', 'released', 4, 5)]],
    ['two holders, both still asking', [operation('a', 'reserved', 0, 9), operation('b', 'reserved', 0, 9)]],
    ['a refusal although nobody had it', [operation('a', 'refused', 0, 1)]],
    [
      'a refusal after the machine was given back',
      [operation('a', 'reserved', 0, 1), operation('a', 'released', 2, 3), operation('b', 'refused', 4, 5)],
    ],
    [
      'a grant that was lost: somebody else got it before it was given back',
      [
        operation('a', 'reserved', 0, 1),
        operation('b', 'reserved', 2, 3),
        operation('b', 'released', 4, 5),
        operation('a', 'released', 6, 7),
      ],
    ],
    ['a release of what was never had', [operation('a', 'released', 0, 1)]],
  ])('finds %s', (_what, history) => {
    expect(checkHistory(history)).not.toBeNull();
  });

  it('takes every history of a machine that did take one after the other, and none with a second holder planted', () => {
    const step = fc.record({ asks: fc.boolean(), early: fc.integer({ min: 0, max: 30 }), late: fc.integer({ min: 0, max: 30 }) });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), fc.nat(), (steps, where) => {
        let holder: string | null = null;
        const history = steps.map(({ asks, early, late }, index): Operation => {
          const at = index * 10;
          const between = { from: at - early, to: at + late };
          if (holder !== null && !asks) {
            const id = holder;
            holder = null;
            return { id, did: 'released', ...between };
          }
          const id = `r${index}`;
          if (holder !== null) return { id, did: 'refused', ...between };
          holder = id;
          return { id, did: 'reserved', ...between };
        });
        expect(checkHistory(history)).toBeNull();
        const first = history[where % history.length];
        if (first?.did !== 'reserved') return;
        const twice = { ...first, id: 'planted', from: first.from, to: first.to };
        const held = history.filter(({ id, did }) => !(id === first.id && did === 'released'));
        expect(checkHistory([...held, twice])).not.toBeNull();
      }),
      { numRuns: 200 },
    );
  });
});
