import { describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../errors.ts';
import { broken, fine, type Check } from './check.ts';
import { examine } from './examine.ts';

const check = (number: number, look: Check['look']): Check => ({
  number,
  id: `check-${number}`,
  title: `Check ${number}`,
  group: 'computer',
  look,
});

describe('the doctor', () => {
  it('looks at all at the same time and tells them in order of their numbers', async () => {
    let looking = 0;
    let release: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (release = resolve));
    const together = async () => {
      looking += 1;
      if (looking === 2) release();
      await all;
      return fine('seen');
    };
    const found = await examine([check(2, together), check(1, together)]);
    expect(found).toMatchObject([
      { number: 1, outcome: 'fine', detail: 'seen', repair: null },
      { number: 2, outcome: 'fine' },
    ]);
  });
  it('makes a finding of what throws and of what does not answer', async () => {
    let aborted = false;
    const found = await examine(
      [
        check(1, () => Promise.reject(new WorkbenchError('ROBOT_MISSING', 'No Robot.', { details: ['Install it.'] }))),
        check(2, () => Promise.reject(new Error('EIO'))),
        check(3, ({ signal }) => new Promise(() => signal.addEventListener('abort', () => (aborted = true)))),
        check(4, () => broken('bad', 'do this')),
      ],
      { limitMs: 30 },
    );
    expect(found.map(({ outcome, detail, repair }) => [outcome, detail, repair])).toEqual([
      ['broken', 'No Robot.', 'Install it.'],
      ['broken', 'EIO', expect.stringContaining('harness.log')],
      ['warning', expect.stringContaining('within 0.03 s'), expect.any(String)],
      ['broken', 'bad', 'do this'],
    ]);
    expect(aborted).toBe(true);
  });
});
