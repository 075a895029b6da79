import type { ReservationState } from '../model/reservation-states.ts';

/** What the hub knows about one reservation, and about the link to its lab. */
export interface KnownReservation {
  /** Null = the harness has said nothing about it yet. */
  state: ReservationState | null;
  /** The sentence of a refusal or an end. */
  reason: string | null;
  begin: number | null;
  end: number | null;
  waiting: { position: number; expectedBegin: number | null } | null;
  /** Whether the harness has taken the wish out of its mail. */
  delivered: boolean;
  endAskedAt: number | null;
  changeAskedAt: number | null;
  lab: 'up' | 'down' | 'doubt' | 'removed';
  /** When the lab was last heard; null = never. */
  heardAt: number | null;
}

/** How times are written for the reader. */
export type WriteTime = (time: number) => string;

/**
 * The sentence that a remote tester reads. Nothing reads "reserved" that no harness has granted, and nothing reads as if it were certain
 * while the lab is away.
 */
export function readsAs(known: KnownReservation, now: number, write: WriteTime): string {
  const since = known.heardAt === null ? 'it was never heard' : write(known.heardAt);
  const final = finalSentence(known);
  if (final !== null) return final;
  if (known.lab === 'removed') return 'Lab removed; its reservations have ended.';
  if (known.lab === 'doubt') return `Lab identity in doubt since ${since}; reservations there do not count.`;
  const asked = askedSentence(known, write);
  if (asked !== null) return asked;
  return known.lab === 'up' ? sentenceUp(known, now, write) : sentenceDown(known, { now, write, since });
}

/** What is over stays over, whatever becomes of the lab. */
function finalSentence({ state, reason }: KnownReservation): string | null {
  if (state === 'ended') return reason ?? 'Ended.';
  if (state === 'refused') return `Refused: ${reason ?? 'the lab gave no reason.'}`;
  if (state === 'withdrawn') return 'Withdrawn.';
  return null;
}

function askedSentence({ endAskedAt, changeAskedAt, lab }: KnownReservation, write: WriteTime): string | null {
  const away = lab === 'up' ? '' : ', lab not told yet';
  if (endAskedAt !== null) return `Release asked ${write(endAskedAt)}${away}.`;
  if (changeAskedAt !== null) return `Change asked ${write(changeAskedAt)}${away}.`;
  return null;
}

function sentenceUp({ state, delivered, waiting, begin, end }: KnownReservation, now: number, write: WriteTime): string {
  if (state === null) return delivered ? 'Requested, lab is deciding.' : 'Requested, being sent.';
  if (state === 'requested') return 'Requested, lab is deciding.';
  if (state === 'waiting') return `Waiting, place ${waiting?.position ?? '?'}${expected(waiting, write)}.`;
  if (state === 'granted')
    return begin !== null && begin <= now ? 'Reserved, machine being freed.' : `Reserved ${span(begin, end, write)}.`;
  if (state === 'ending' || (end !== null && end <= now)) return 'Ending.';
  return end === null ? 'Yours until you release it.' : `Yours until ${write(end)}.`;
}

function sentenceDown(
  { state, delivered, begin, end }: KnownReservation,
  { now, write, since }: { now: number; write: WriteTime; since: string },
): string {
  if (state === null && !delivered) return `Requested. Lab offline since ${since}. Not reserved.`;
  if (state === null || state === 'requested') return `Requested, delivered. No answer before the lab is back (offline since ${since}).`;
  if (state === 'waiting') return `Waiting when last heard, ${since}. The place may have changed.`;
  if (state === 'granted' && begin !== null && begin <= now) return `Should have begun ${write(begin)}, unconfirmed since ${since}.`;
  if (state === 'granted') return `Reserved ${span(begin, end, write)}, unconfirmed since ${since}.`;
  if (end !== null && end <= now) return `Should have ended ${write(end)}, unconfirmed since ${since}.`;
  return `Yours when last heard, ${since}; unconfirmed since.`;
}

function expected(waiting: KnownReservation['waiting'], write: WriteTime): string {
  return waiting?.expectedBegin == null ? '' : `, expected ${write(waiting.expectedBegin)}`;
}

function span(begin: number | null, end: number | null, write: WriteTime): string {
  return `${begin === null ? '' : write(begin)} to ${end === null ? 'no end' : write(end)}`;
}
