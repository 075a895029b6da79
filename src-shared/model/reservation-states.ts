import { z } from 'zod';

/** Where a reservation is. `ended`, `refused` and `withdrawn` are final. */
export const RESERVATION_STATES = ['requested', 'waiting', 'granted', 'active', 'ending', 'ended', 'refused', 'withdrawn'] as const;
export const ReservationState = z.enum(RESERVATION_STATES);
export type ReservationState = z.infer<typeof ReservationState>;

/** Why a reservation that was granted is over. */
export const EndReason = z.enum(['expired', 'cancelled', 'released', 'handedOver', 'forced', 'revoked', 'restored']);
export type EndReason = z.infer<typeof EndReason>;

/** Why a wish was not granted. */
export const RefuseReason = z.enum(['busy', 'policy', 'sutGone', 'answerByPassed']);
export type RefuseReason = z.infer<typeof RefuseReason>;

/** What can happen to a reservation; the only words that move it. */
export const RESERVATION_EVENTS = ['queued', 'granted', 'refused', 'withdrawn', 'began', 'endBegan', 'ended'] as const;
export type ReservationEvent = (typeof RESERVATION_EVENTS)[number];

/**
 * The only authority on how a reservation moves. `ending` is a state because a release is not an instant: from its first moment the
 * fences are new, so what the holder's run or console still sends dies, and it becomes `ended` when no lease and no command is left.
 * Only what never became active goes from `granted` to `ended` directly.
 */
export const RESERVATION_TRANSITIONS: Readonly<Record<ReservationState, Partial<Readonly<Record<ReservationEvent, ReservationState>>>>> = {
  requested: { queued: 'waiting', granted: 'granted', refused: 'refused', withdrawn: 'withdrawn' },
  waiting: { granted: 'granted', refused: 'refused', withdrawn: 'withdrawn' },
  granted: { began: 'active', ended: 'ended' },
  active: { endBegan: 'ending' },
  ending: { ended: 'ended' },
  ended: {},
  refused: {},
  withdrawn: {},
};

/** The state after `event`, or null where the table has no such move. */
export function nextReservationState(state: ReservationState, event: ReservationEvent): ReservationState | null {
  return RESERVATION_TRANSITIONS[state][event] ?? null;
}

/** Asked for, without a slot of its own yet. */
export function isWish(state: ReservationState): boolean {
  return state === 'requested' || state === 'waiting';
}

/** Has its SUTs, now or later: intervals of these never overlap on one SUT. */
export function isHold(state: ReservationState): boolean {
  return state === 'granted' || state === 'active' || state === 'ending';
}

/** Nothing more can happen to it. */
export function isOver(state: ReservationState): boolean {
  return !isWish(state) && !isHold(state);
}
