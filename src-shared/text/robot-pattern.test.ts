import { expect, it } from 'vitest';
import { escapeRobotPattern } from './robot-pattern.ts';

it('makes what patterns mean stand for itself', () => {
  expect(escapeRobotPattern('a*b?[c]!')).toBe('a[*]b[?][[]c]!');
});
