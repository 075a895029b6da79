import type { RecordFailure } from '../../../../src-shared/model/record.ts';

/** Failures whose messages have the same shape: most likely one cause. */
export interface FailureCluster {
  /** The first line of the message, its varying parts as `…`. */
  readonly shape: string;
  readonly failures: readonly RecordFailure[];
}

/** Numbers (with units stuck to them), quoted parts, hashes, addresses and long paths vary between failures of one cause. */
const VARYING =
  /'[^'\n]*'|"[^"\n]*"|“[^”\n]*”|(?:[A-Za-z]:)?(?:[\\/][\w.@~+-]+){2,}|\b[0-9a-f]{8,}(?:-[0-9a-f]{4,})*\b|[-+]?\d+(?:[.,:]\d+)*/giu;

export function messageShape(message: string | null): string {
  const first = (message ?? '').split('\n').find((line) => line.trim() !== '') ?? '';
  const shape = first.trim().replace(VARYING, '…');
  return shape === '' ? 'No message' : shape;
}

/** Largest first; equally large ones in the order in which they began. */
export function clusterFailures(failures: readonly RecordFailure[]): FailureCluster[] {
  const clusters = new Map<string, RecordFailure[]>();
  for (const failure of failures) {
    const shape = messageShape(failure.message);
    const known = clusters.get(shape);
    if (known === undefined) clusters.set(shape, [failure]);
    else known.push(failure);
  }
  return [...clusters].map(([shape, members]) => ({ shape, failures: members })).sort((a, b) => b.failures.length - a.failures.length);
}
