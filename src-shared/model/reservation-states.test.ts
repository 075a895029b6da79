import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isHold,
  isOver,
  isWish,
  nextReservationState,
  RESERVATION_EVENTS,
  RESERVATION_STATES,
  type ReservationEvent,
  type ReservationState,
} from './reservation-states.ts';

const path = (events: readonly ReservationEvent[]): ReservationState[] =>
  events.reduce<ReservationState[]>(
    (states, event) => {
      const last = states.at(-1) ?? 'requested';
      return [...states, nextReservationState(last, event) ?? last];
    },
    ['requested'],
  );

const events = fc.array(fc.constantFrom(...RESERVATION_EVENTS), { maxLength: 30 });

describe('the moves of a reservation', () => {
  it('never leave what is final, and everything else has a way there', () => {
    for (const state of RESERVATION_STATES) {
      const ways = RESERVATION_EVENTS.filter((event) => nextReservationState(state, event) !== null);
      expect(ways.length > 0).toBe(!isOver(state));
    }
    fc.assert(
      fc.property(events, (given) => {
        const states = path(given);
        const final = states.findIndex(isOver);
        if (final >= 0) expect(new Set(states.slice(final)).size).toBe(1);
      }),
    );
  });
  it('from active lead through ending only, so that nothing is free before its machines are', () => {
    fc.assert(
      fc.property(events, (given) => {
        const states = path(given);
        if (states.includes('active') && states.at(-1) === 'ended') expect(states).toContain('ending');
        expect(states.indexOf('active') < 0 || states.includes('granted')).toBe(true);
      }),
    );
  });
  it('every state is a wish, a hold or over, and one of these only', () => {
    for (const state of RESERVATION_STATES) expect([isWish(state), isHold(state), isOver(state)].filter(Boolean)).toHaveLength(1);
  });
  it('a hold never becomes a wish again', () => {
    fc.assert(
      fc.property(events, (given) => {
        const states = path(given);
        const held = states.findIndex(isHold);
        if (held >= 0) expect(states.slice(held).some(isWish)).toBe(false);
      }),
    );
  });
});
