import { describe, expect, it } from 'vitest';
import { restToRerun } from './rerun.ts';

const of = (...[passed = 0, failed = 0, skipped = 0, notRun = 0]: readonly number[]) =>
  restToRerun({ counts: { passed, failed, skipped, notRun } });

describe('the rest of a run', () => {
  it('is called by what it holds', () => {
    expect(of(10, 2, 0, 0)).toBe('Rerun 2 failed');
    expect(of(10, 0, 0, 1200)).toBe('Rerun 1,200 not run');
    expect(of(1, 2, 0, 3)).toBe('Rerun 5 not passed');
  });
  it('is nothing where all passed, and where nothing ran', () => {
    expect(of(10, 0, 2, 0)).toBeNull();
    expect(of(0, 0, 0, 4)).toBeNull();
  });
});
