/** Bytes that were told of at a moment, UTC ms. */
export interface Sample {
  at: number;
  bytes: number;
}

const WINDOW_MS = 3000;

/** Bytes a second over the last seconds. Older samples are dropped from the list. */
export function rateOf(samples: Sample[], now: number): number {
  while (samples[0] !== undefined && samples[0].at < now - WINDOW_MS) samples.shift();
  return samples.reduce((sum, { bytes }) => sum + bytes, 0) / (WINDOW_MS / 1000);
}
