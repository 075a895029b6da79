/** ms. A machine somebody looks at, one in a list that somebody looks at, one that nobody looks at. */
const EVERY = { watched: 3000, listed: 10_000, idle: 60_000 };
const LONGEST = 300_000;

/**
 * When a machine is asked again. One that does not answer is asked less and less often, unless somebody looks at it; a jitter of a tenth keeps
 * them from being asked all at once. `random`: 0 to 1.
 */
export function nextPoll({ attention, failures, random }: { attention: keyof typeof EVERY; failures: number; random: number }): number {
  const backOff = attention === 'watched' ? Math.min(failures, 2) : failures;
  const period = Math.min(EVERY[attention] * 2 ** Math.min(backOff, 10), LONGEST);
  return Math.round(period * (0.9 + 0.2 * random));
}
