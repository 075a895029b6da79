import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrixCells } from './matrix-cells.ts';

const place = fc.nat({ max: 4 });
const wish = fc.record({
  plans: fc.integer({ min: 1, max: 4 }),
  conditions: fc.integer({ min: 1, max: 4 }),
  suts: fc.integer({ min: 1, max: 4 }),
  without: fc.array(fc.record({ plan: place, condition: place, suts: place })),
});

describe('the cells of a matrix', () => {
  it('are every combination that is not left out, each once, each at a place of its own', () => {
    fc.assert(
      fc.property(wish, (wanted) => {
        const cells = matrixCells(wanted);
        const key = (each: { plan: number; condition: number; suts: number }) => `${each.plan} ${each.condition} ${each.suts}`;
        const inside = wanted.without.filter(
          (each) => each.plan < wanted.plans && each.condition < wanted.conditions && each.suts < wanted.suts,
        );
        expect(new Set(cells.map(key)).size).toBe(cells.length);
        expect(new Set(cells.map(({ row, column }) => `${row} ${column}`)).size).toBe(cells.length);
        expect(cells.length).toBe(wanted.plans * wanted.conditions * wanted.suts - new Set(inside.map(key)).size);
        for (const cell of cells) expect([cell.row, cell.column]).toEqual([cell.plan * wanted.conditions + cell.condition, cell.suts]);
      }),
    );
  });
});
