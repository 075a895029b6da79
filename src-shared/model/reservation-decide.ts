import { OPEN_END, Timeline, type FoundSlot, type Slot, type Wanted } from './reservation-timeline.ts';

/** A reservation that has its SUTs; `end` is OPEN_END without an end. */
export interface Hold {
  id: string;
  holder: string;
  sutIds: readonly string[];
  begin: number;
  end: number;
  state: 'granted' | 'active' | 'ending';
}

/** A reservation that wants SUTs. Local and remote wishes differ only in the priority that the policy gives them. */
export interface Wish extends Wanted {
  id: string;
  holder: string;
  /** Wanted not before this; null = now. */
  begin: number | null;
  /** Its class: higher goes first. */
  priority: number;
  /** Order of arrival at the harness. */
  arrival: number;
  /** Since when it waits, UTC ms. */
  arrivedAt: number;
  /** Rather no than wait. */
  ifBusy: 'wait' | 'refuse';
  /** Until when timed holds may pass it, once that has begun. */
  gapUntil: number | null;
}

export interface DecidingPolicy {
  /** Timed holds up to this length may pass one who waits for an open-ended hold; it is then late by at most that, once. 0 = none. */
  gapMinutes: number;
  /** Waiting this long raises the class by one. */
  raiseAfterMs: number;
}

export const DEFAULT_POLICY: DecidingPolicy = { gapMinutes: 0, raiseAfterMs: 24 * 3_600_000 };

export interface Situation {
  wishes: readonly Wish[];
  holds: readonly Hold[];
  /** Machines in quarantine or maintenance; what is held already is not touched by it. */
  setAside?: readonly Slot[];
  policy: DecidingPolicy;
  now: number;
}

/** Where a wish comes to stand when the queue is gone through. */
export interface Outcome {
  wish: Wish;
  kind: 'granted' | 'waiting' | 'refused';
  /** Granted: its slot. Waiting: the planned one, null where it waits for a hold without end. */
  slot: FoundSlot | null;
  /** Who keeps it from its begin, a SUT after the other; empty when granted. */
  inTheWay: Slot[];
  /** Waiting: how many wishes for the same SUTs are before it, and itself. */
  position: number;
  /** Set when a timed hold is let past it in this decision. */
  gapUntil: number | null;
}

/**
 * Goes through the queue once, in turn: each wish gets the earliest slot that respects all holds and the slots of all before it. Free at
 * the wanted begin = granted; else the slot stays planned, so that a big wish is never passed by small ones for ever, and a small one
 * goes first only where it is over in time. All SUTs of a wish or none. The same input gives the same answer.
 */
export function decide(situation: Situation): Outcome[] {
  const { holds, now, setAside = [] } = situation;
  const timeline = new Timeline([...holds.map((hold) => slotOfHold(hold, now)), ...setAside]);
  const outcomes: Outcome[] = [];
  for (const wish of inTurn(situation)) {
    const outcome = place(wish, { timeline, before: outcomes, now });
    if (outcome.kind === 'granted') letPast(outcome, outcomes, situation);
    if (outcome.kind !== 'refused') timeline.add(slotOfOutcome(outcome, situation));
    outcomes.push(outcome);
  }
  return outcomes;
}

/** Class first, each full wait of `raiseAfterMs` counting as one class, then arrival. */
export function inTurn({ wishes, policy, now }: Situation): Wish[] {
  const classOf = ({ priority, arrivedAt }: Wish) => priority + Math.floor(Math.max(0, now - arrivedAt) / policy.raiseAfterMs);
  return wishes.toSorted((a, b) => classOf(b) - classOf(a) || a.arrival - b.arrival);
}

/** A hold whose end has passed still has its SUTs until it is over. */
export function slotOfHold({ id, holder, sutIds, begin, end, state }: Hold, now: number): Slot {
  return { id, holder, sutIds, begin, end: state === 'granted' ? end : Math.max(end, now + 1), kind: 'hold' };
}

interface Place {
  timeline: Timeline;
  before: readonly Outcome[];
  now: number;
}

function place(wish: Wish, { timeline, before, now }: Place): Outcome {
  const from = Math.max(now, wish.begin ?? now);
  const slot = timeline.earliest(wish, from);
  if (slot !== null && slot.begin === from) return { wish, kind: 'granted', slot, inTheWay: [], position: 0, gapUntil: null };
  const end = wish.durationMs === null ? OPEN_END : from + wish.durationMs;
  const inTheWay = wish.candidates.flatMap((sutId) => timeline.inTheWay(sutId, from, end).slice(0, 1));
  const position = 1 + before.filter((other) => other.kind === 'waiting' && shares(other.wish, wish)).length;
  return { wish, kind: wish.ifBusy === 'refuse' ? 'refused' : 'waiting', slot, inTheWay: distinct(inTheWay), position, gapUntil: null };
}

/** Behind one who waits for a hold without end nobody is let in, but for what is over before its gap is. */
function slotOfOutcome({ wish, kind, slot }: Outcome, { now, policy }: Situation): Slot {
  const who = { id: wish.id, holder: wish.holder, kind: kind === 'granted' ? ('hold' as const) : ('planned' as const) };
  if (slot !== null) return { ...who, sutIds: slot.sutIds, begin: slot.begin, end: slot.end };
  return { ...who, sutIds: wish.candidates, begin: Math.max(now, wish.gapUntil ?? now + policy.gapMinutes * 60_000), end: OPEN_END };
}

/** Notes who is passed by a grant, so that it happens to each for one gap only. */
function letPast(granted: Outcome, before: readonly Outcome[], { now, policy }: Situation): void {
  for (const outcome of before) {
    if (outcome.kind !== 'waiting' || outcome.slot !== null || outcome.wish.gapUntil !== null) continue;
    if (granted.slot?.sutIds.some((sutId) => outcome.wish.candidates.includes(sutId)) === true)
      outcome.gapUntil = now + policy.gapMinutes * 60_000;
  }
}

function shares(a: Wanted, b: Wanted): boolean {
  return a.candidates.some((sutId) => b.candidates.includes(sutId));
}

function distinct(slots: Slot[]): Slot[] {
  return [...new Map(slots.map((slot) => [slot.id, slot])).values()];
}
