import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Verdict } from '../../../src-shared/model/run-states.ts';
import { afterTry } from '../../../src-shared/model/after-try.ts';
import { whyTold } from './why-told.ts';

const verdicts = fc.constantFrom(...Verdict.options);

describe('why a run is told', () => {
  it('is that it failed, that it is worse than the one before, that it is better, or nothing but that it ended', () => {
    expect(whyTold('failed', 'passed')).toEqual(['failed', 'regressed', 'always']);
    expect(whyTold('lost', 'passed')).toEqual(['failed', 'regressed', 'always']);
    expect(whyTold('failed', 'error')).toEqual(['failed', 'always']);
    expect(whyTold('failed', null)).toEqual(['failed', 'always']);
    expect(whyTold('passed', 'failed')).toEqual(['fixed', 'always']);
    expect(whyTold('passed', null)).toEqual(['always']);
    expect(whyTold('stopped', 'passed')).toEqual(['always']);
  });

  it('is never both, worse and better, and never either without the run before', () => {
    fc.assert(
      fc.property(verdicts, fc.option(verdicts), (verdict, before) => {
        const told = whyTold(verdict, before);
        expect(told.includes('regressed') && told.includes('fixed')).toBe(false);
        if (before === null) expect(told.some((why) => why === 'regressed' || why === 'fixed')).toBe(false);
        if (told.includes('regressed')) expect(told).toContain('failed');
      }),
    );
  });
});

describe('a message', () => {
  it('is tried again at growing pauses, and comes to an end whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.record({ refused: fc.boolean() }), { freq: 20 }), { minLength: 30, maxLength: 30 }), (outcomes) => {
        let last = 0;
        for (const [index, problem] of outcomes.entries()) {
          const { state, pauseMs } = afterTry(index + 1, problem);
          expect(pauseMs === null).toBe(state !== 'waiting');
          if (problem === null) expect(state).toBe('delivered');
          else if (problem.refused) expect(state).toBe('givenUp');
          if (pauseMs === null) return;
          expect(pauseMs).toBeGreaterThan(last);
          last = pauseMs;
        }
        throw new Error('It is tried for ever.');
      }),
    );
  });
});
