import { describe, expect, it } from 'vitest';
import { moveTo } from './list-keys.ts';

const shape = { count: 100, page: 20 };

describe('moving in a list', () => {
  it.each([
    ['j', -1, 0],
    ['ArrowDown', 99, 99],
    ['k', 0, 0],
    ['k', -1, 99],
    ['PageDown', 90, 99],
    ['PageUp', 50, 30],
    ['Home', 50, 0],
    ['End', 50, 99],
    ['q', 50, null],
  ])('%s from %i goes to %s', (key, from, to) => expect(moveTo(key, from, shape)).toBe(to));

  it('has nowhere to go in an empty list', () => expect(moveTo('j', -1, { count: 0, page: 1 })).toBeNull());
});
