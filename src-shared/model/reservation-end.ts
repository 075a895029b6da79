import { decide, slotOfHold, type Hold, type Outcome, type Situation } from './reservation-decide.ts';
import { Timeline, type Slot } from './reservation-timeline.ts';

/** What another end of a hold does to others. */
export interface EndEffect {
  /** Granted holds that begin before the new end: these cannot be overruled, only ended first. */
  holds: Slot[];
  /** Who waits and would get its SUTs later than planned now. */
  waiters: Outcome[];
}

/** Whom it would hurt if `hold` ended at `end` (OPEN_END = never); a shorter one hurts nobody. */
export function effectOfEnd(situation: Situation, hold: Hold, end: number): EndEffect {
  if (end <= hold.end) return { holds: [], waiters: [] };
  const others = situation.holds.filter(({ id }) => id !== hold.id);
  const timeline = new Timeline(others.map((other) => slotOfHold(other, situation.now)));
  const holds = hold.sutIds.flatMap((sutId) => timeline.inTheWay(sutId, hold.end, end));
  const before = new Map(decide(situation).map((outcome) => [outcome.wish.id, outcome]));
  const after = decide({ ...situation, holds: [...others, { ...hold, end }] });
  const waiters = after.filter((outcome) => isLater(outcome, before.get(outcome.wish.id)));
  return { holds: [...new Map(holds.map((slot) => [slot.id, slot])).values()], waiters };
}

function isLater(after: Outcome, before: Outcome | undefined): boolean {
  if (before?.slot == null) return false;
  return after.slot === null || after.slot.begin > before.slot.begin;
}
