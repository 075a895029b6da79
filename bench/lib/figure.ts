/** Middle value; of two middle ones the larger, so that nothing looks better than it is. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that `share` of all values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Prints one figure against its limit and fails the bench when it does not hold. */
export function figure(name: string, value: number, limit: { atMost: number; unit: string }): void {
  const holds = value <= limit.atMost;
  if (!holds) process.exitCode = 1;
  print(`FIGURE ${name}: ${round(value)} ${limit.unit}, at most ${limit.atMost} ${limit.unit}: ${holds ? 'holds' : 'DOES NOT HOLD'}`);
}

export function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Milliseconds that the work took. */
export async function timeOf(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

export function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

/** Of milliseconds. */
export function seconds(value: number): string {
  return `${(value / 1000).toFixed(1)} s`;
}
