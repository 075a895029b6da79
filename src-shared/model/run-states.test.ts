import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsLease, nextRunState, RUN_EVENTS, RUN_STATES, type RunEvent, type RunState } from './run-states.ts';

const path = (events: readonly RunEvent[]): RunState[] =>
  events.reduce<RunState[]>(
    (states, event) => [...states, nextRunState(states.at(-1) ?? 'queued', event) ?? states.at(-1) ?? 'queued'],
    ['queued'],
  );

describe('the moves of a run', () => {
  it('never leave `ended`, and never go back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...RUN_EVENTS), { maxLength: 40 }), (events) => {
        const places = path(events).map((state) => RUN_STATES.indexOf(state));
        expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
    );
  });

  it('a run that has held machines is torn down and collected before it ends', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...RUN_EVENTS), { maxLength: 40 }), (events) => {
        const states = path(events);
        if (states.at(-1) !== 'ended' || !states.some(holdsLease)) return;
        expect(states).toContain('tearingDown');
        expect(states).toContain('collecting');
      }),
    );
  });

  it('from every state but `ended` there is a way to `ended`', () => {
    const reach = (from: RunState, seen = new Set<RunState>()): Set<RunState> => {
      for (const event of RUN_EVENTS) {
        const next = nextRunState(from, event);
        if (next === null || seen.has(next)) continue;
        seen.add(next);
        reach(next, seen);
      }
      return seen;
    };
    for (const state of RUN_STATES) expect(reach(state).has('ended')).toBe(state !== 'ended');
  });

  it('machines are held from the moment of the lease to the end, and in the queue not', () => {
    expect(RUN_STATES.filter(holdsLease)).toEqual(['preparing', 'provisioning', 'executing', 'tearingDown', 'collecting']);
  });

  it('what is not in the table is no move', () => {
    expect(nextRunState('ended', 'collected')).toBeNull();
    expect(nextRunState('queued', 'executed')).toBeNull();
    expect(nextRunState('collecting', 'stopped')).toBeNull();
  });
});
