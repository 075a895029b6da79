/** What a person gives: any two of begin, end and duration, or `open`; all times UTC ms. */
export interface GivenTimes {
  /** Absent: now. */
  begin?: number | undefined;
  end?: number | undefined;
  durationMs?: number | undefined;
  /** No end: until it is released. */
  open?: boolean | undefined;
}

/** `begin` null = as soon as possible from now; `durationMs` null = open-ended. */
export interface WantedTimes {
  begin: number | null;
  durationMs: number | null;
}

/** A begin so little in the past is meant as "now": forms are filled in slowly. */
const STILL_NOW_MS = 120_000;
const LONGEST_MS = 366 * 24 * 3_600_000;

/** Works out begin and length from what was given; a sentence where it contradicts itself, says too little or is in the past. */
export function resolveTimes(given: GivenTimes, now: number): WantedTimes | { problem: string } {
  const { begin, end, durationMs, open = false } = given;
  if (open && (end !== undefined || durationMs !== undefined))
    return problem('It cannot have no end and an end or a duration at once. Leave one out.');
  if (!open && end === undefined && durationMs === undefined) return problem('Say until when: give an end, a duration, or no end at all.');
  if (begin !== undefined && end !== undefined && durationMs !== undefined && end - begin !== durationMs)
    return problem('Begin, end and duration contradict each other. Give any two of them.');
  const from = begin ?? (end !== undefined && durationMs !== undefined ? end - durationMs : null);
  if (from !== null && from < now - STILL_NOW_MS) return problem('Its begin has passed. Choose a later one, or now.');
  const starts = from === null || from <= now ? null : from;
  if (open) return tooFar(starts, 0, now) ?? { begin: starts, durationMs: null };
  const length = durationMs ?? (end ?? 0) - (starts ?? now);
  if (length <= 0)
    return problem(end !== undefined && end <= now ? 'Its end has passed. Choose a later one.' : 'It would end before it begins.');
  return tooFar(starts, length, now) ?? { begin: starts, durationMs: length };
}

function tooFar(begin: number | null, length: number, now: number): { problem: string } | null {
  if ((begin ?? now) - now <= LONGEST_MS && length <= LONGEST_MS) return null;
  return problem('A reservation begins within a year and lasts at most a year. For longer, reserve without an end.');
}

function problem(sentence: string): { problem: string } {
  return { problem: sentence };
}
