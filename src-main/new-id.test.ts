import { expect, it } from 'vitest';
import { newId } from './new-id.ts';

it('is a UUID of version 7 with its time in front', () => {
  const id = newId(0x0123_4567_89ab);
  expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('sorts by time, and within a millisecond by the order of making', () => {
  const made = [...Array.from({ length: 1000 }, () => newId(1_700_000_000_000)), newId(1_700_000_000_001)];
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(made.length);
});
