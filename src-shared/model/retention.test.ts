import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRetention, RetentionPolicy, type KeptRun } from './retention.ts';

const DAY = 86_400_000;
const NOW = 1000 * DAY;
const size = fc.nat(1000);
const run: fc.Arbitrary<Omit<KeptRun, 'id'>> = fc.record({
  name: fc.constant('nightly'),
  endedAt: fc.option(fc.integer({ min: 0, max: NOW })),
  isProtected: fc.boolean(),
  ...{ report: size, record: size, console: size, other: size },
});
const runs = fc.array(run, { maxLength: 30 }).map((all) => all.map((one, index): KeptRun => ({ ...one, id: `run ${index}` })));
const days = fc.option(fc.integer({ min: 1, max: 1100 }));
const policy: fc.Arbitrary<RetentionPolicy> = fc.record({
  nightly: fc.boolean(),
  runDays: days,
  runCount: fc.option(fc.integer({ min: 1, max: 40 })),
  runBytes: fc.option(fc.integer({ min: 1, max: 60_000 })),
  ...{ reportDays: days, recordDays: days, consoleDays: days },
});
const bytesOf = (one: KeptRun) => one.report + one.record + one.console + one.other;

describe('retention', () => {
  it('never takes anything of a run that is important, referred to, or not ended', () => {
    fc.assert(
      fc.property(runs, policy, (all, wanted) => {
        const touched = new Set(decideRetention(all, wanted, NOW).map(({ runId }) => runId));
        expect(all.filter((one) => (one.isProtected || one.endedAt === null) && touched.has(one.id))).toEqual([]);
      }),
    );
  });
  it('takes nothing without a limit', () => {
    fc.assert(fc.property(runs, (all) => decideRetention(all, RetentionPolicy.parse({}), NOW).length === 0));
  });
  it('keeps every limit as far as what may go allows, and takes no run younger than one that it keeps', () => {
    fc.assert(
      fc.property(runs, policy, (all, wanted) => {
        const gone = new Set(decideRetention(all, wanted, NOW).flatMap(({ runId, part }) => (part === 'run' ? [runId] : [])));
        const kept = all.filter(({ id }) => !gone.has(id));
        const free = kept.filter((one) => one.endedAt !== null && !one.isProtected);
        if (free.length > 0) {
          expect(kept.length).toBeLessThanOrEqual(wanted.runCount ?? Infinity);
          expect(Math.min(...free.map(({ endedAt }) => endedAt ?? 0))).toBeGreaterThanOrEqual(
            wanted.runDays === null ? 0 : NOW - wanted.runDays * DAY,
          );
        }
        if (wanted.runDays === null && wanted.runBytes === null) {
          const youngestGone = Math.max(...all.filter(({ id }) => gone.has(id)).map(({ endedAt }) => endedAt ?? 0), 0);
          for (const one of free) expect(one.endedAt).toBeGreaterThanOrEqual(youngestGone);
        }
      }),
    );
  });
  it('says what goes and why, the oldest first', () => {
    const one = (id: string, age: number): KeptRun => ({
      ...{ id, name: id, endedAt: NOW - age * DAY, isProtected: false },
      ...{ report: 10, record: 5, console: 0, other: 1 },
    });
    const wanted = RetentionPolicy.parse({ runDays: 100, reportDays: 30 });
    const items = decideRetention([one('new', 1), one('older', 40), one('oldest', 101)], wanted, NOW);
    expect(items.map(({ runId, part, bytes, why }) => `${runId} ${part} ${bytes} ${why}`)).toEqual([
      'oldest run 16 age',
      'older report 10 age',
    ]);
    expect(bytesOf(one('any', 1))).toBe(16);
  });
});
