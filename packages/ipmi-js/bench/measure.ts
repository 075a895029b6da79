/** Middle of the values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Milliseconds each of `count` runs took, one after the other. */
export async function times(count: number, act: () => Promise<unknown>): Promise<number[]> {
  const out: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const began = performance.now();
    await act();
    out.push(performance.now() - began);
  }
  return out;
}

/** One line of figures, straight to the terminal. */
export function report(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** A figure that was promised: missing it makes the run fail at its end, after all figures were printed. */
export function require(isMet: boolean, promise: string): void {
  report(`  ${isMet ? 'met' : 'MISSED'}: ${promise}`);
  if (!isMet) process.exitCode = 1;
}
