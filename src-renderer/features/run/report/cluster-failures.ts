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

function firstLine(message: string | null): string {
  return ((message ?? '').split('\n').find((line) => line.trim() !== '') ?? '').trim();
}

export function messageShape(message: string | null): string {
  const shape = firstLine(message).replace(VARYING, '…');
  return shape === '' ? 'No message' : shape;
}

export interface ShapePart {
  readonly text: string;
  /** What stands here in the failures, where it is not the same in all of them. */
  readonly values: readonly string[] | null;
}

/** The message that the failures of one cluster share: what differs between them stands as `n` or `…`, what does not as it is. */
export function sharedMessage({ shape, failures }: FailureCluster): readonly ShapePart[] {
  const lines = failures.map(({ message }) => firstLine(message));
  const [line = ''] = lines;
  if (line === '') return [{ text: shape, values: null }];
  const slots = lines.map((one) => one.match(VARYING) ?? []);
  const parts: ShapePart[] = [];
  for (const [index, literal] of line.split(VARYING).entries()) {
    if (literal !== '') parts.push({ text: literal, values: null });
    const values = [...new Set(slots.flatMap((found) => found[index] ?? []))];
    const [only] = values;
    if (only === undefined) continue;
    const text = values.length === 1 ? only : /^[-+\d]/u.test(only) ? 'n' : '…';
    parts.push({ text, values: values.length === 1 ? null : values });
  }
  return parts;
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
