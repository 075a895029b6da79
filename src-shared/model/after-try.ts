const MINUTE_MS = 60_000;
/** How long after each failed try of a message the next one comes; after the last one it is given up. */
const PAUSES_MS = [0.5, 1, 2, 5, 15, 60, 240].map((minutes) => minutes * MINUTE_MS);
/** Answers that will be another one later. */
const LATER = new Set([408, 425, 429]);

export type DeliveryState = 'waiting' | 'delivered' | 'givenUp';

/** Why a message did not arrive: a sentence for a person, without the address. */
export interface Undelivered {
  problem: string;
  /** It never will. */
  refused: boolean;
}

/** `refused`: the other side said that it will never take it. */
export function afterTry(tries: number, problem: Pick<Undelivered, 'refused'> | null): { state: DeliveryState; pauseMs: number | null } {
  if (problem === null) return { state: 'delivered', pauseMs: null };
  const pauseMs = problem.refused ? undefined : PAUSES_MS[tries - 1];
  return pauseMs === undefined ? { state: 'givenUp', pauseMs: null } : { state: 'waiting', pauseMs };
}

/** What the answer of a webhook means; null: the message has arrived. */
export function judgeAnswer(host: string, status: number): Undelivered | null {
  if (status >= 200 && status < 300) return null;
  const leads = status >= 300 && status < 400 ? ' It leads elsewhere: enter the address where it ends.' : '';
  return { problem: `${host} answers ${status}.${leads}`, refused: status < 500 && !LATER.has(status) };
}
