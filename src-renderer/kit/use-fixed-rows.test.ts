import { describe, expect, it } from 'vitest';
import { broughtTop } from './use-fixed-rows.ts';

const shape = { top: 280, height: 140, rowHeight: 28, count: 100 };

describe('bringing a row into view', () => {
  it('moves as little as shows it whole', () => {
    expect(broughtTop(12, shape)).toBe(280);
    expect(broughtTop(9, shape)).toBe(252);
    expect(broughtTop(15, shape)).toBe(16 * 28 - 140);
  });
  it('shows what is around it where it was out of sight, and moves nothing where it is in sight', () => {
    expect(broughtTop(20, { ...shape, context: 1 })).toBe(22 * 28 - 140);
    expect(broughtTop(5, { ...shape, context: 1 })).toBe(4 * 28);
    expect(broughtTop(14, { ...shape, context: 3 })).toBe(280);
    expect(broughtTop(20, { ...shape, context: 50 }), 'the row itself stays in sight').toBe(21 * 28 + 56 - 140);
  });
  it('never goes beyond the ends', () => {
    expect(broughtTop(0, shape)).toBe(0);
    expect(broughtTop(99, shape)).toBe(100 * 28 - 140);
    expect(broughtTop(1, { ...shape, top: 0, count: 3 })).toBe(0);
  });
});
