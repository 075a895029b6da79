import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UsageSeries } from './usage-series.ts';

it('stays small however long a run takes, in order, and ends with the newest', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3000 }), (count) => {
      const series = new UsageSeries(2000);
      for (let n = 0; n < count; n += 1) series.add({ at: n * 2000, cpu: n, memory: n });
      const kept = series.read();
      expect(kept.length).toBeLessThanOrEqual(241);
      expect(kept.length).toBeGreaterThanOrEqual(Math.min(count, 100));
      expect(kept.at(-1)?.at).toBe((count - 1) * 2000);
      expect(kept.map(({ at }) => at)).toEqual(kept.map(({ at }) => at).sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
});
