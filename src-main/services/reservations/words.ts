import type { Obstacle, ReservedSut } from '../../../src-shared/model/reservation.ts';
import { OPEN_END, type Slot } from '../../../src-shared/model/reservation-timeline.ts';

export function obstacleOf(
  { id, holder, sutIds, begin, end, kind, why }: Slot,
  named: (ids: readonly string[]) => ReservedSut[],
): Obstacle {
  const suts = named(sutIds).map(({ name }) => name);
  return {
    reservationId: id,
    holder,
    suts,
    begin: Math.floor(begin),
    end: end === OPEN_END ? null : Math.ceil(end),
    kind,
    ...(why && { why }),
  };
}

/** Who is in the way, until when: one sentence a person. Times of this computer's zone; other faces say them in their own. */
export function sentenceOfObstacles(inTheWay: readonly Obstacle[], now: number): string {
  return inTheWay.map((obstacle) => sentenceOfObstacle(obstacle, now)).join(' ');
}

export function sentenceOfObstacle({ holder, suts, begin, end, kind, why }: Obstacle, now: number): string {
  if (why !== undefined) return why;
  const until = end === null ? 'without an end' : `until ${clockTime(end, now)}`;
  if (kind === 'planned') return `${suts.join(', ')} ${is(suts)} kept for ${holder}, who waits for ${suts.length > 1 ? 'them' : 'it'}.`;
  if (begin > now) return `${holder} has ${suts.join(', ')} from ${clockTime(begin, now)} ${until}.`;
  return `${suts.join(', ')} ${is(suts)} held by ${holder} ${until}.`;
}

function is(suts: readonly string[]): string {
  return suts.length > 1 ? 'are' : 'is';
}

/** The day is said unless it is today. */
export function clockTime(at: number, now: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.toLocaleDateString('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })} ${time}`;
}
