/** Both ends belong to it. */
export interface Slice {
  start: number;
  end: number;
}

/** More than so many parts in one question is no BMC: the whole file is a right answer, too. */
const MOST_PARTS = 16;

/**
 * What a `Range` header asks of a file of this size (RFC 9110, 14.2). `whole`: none, a form that is not served, or one that asks for more than
 * there is; `none`: nothing of what was asked exists.
 */
export function readRanges(header: string | undefined, size: number): Slice[] | 'whole' | 'none' {
  const match = /^\s*bytes\s*=(.*)$/iu.exec(header ?? '');
  if (match === null) return 'whole';
  const parts = (match[1] ?? '').split(',', MOST_PARTS + 1).map((part) => part.trim());
  if (parts.length > MOST_PARTS) return 'whole';
  const slices: Slice[] = [];
  for (const part of parts) {
    const slice = readOne(part, size);
    if (slice === null) return 'whole';
    if (slice !== 'beyond') slices.push(slice);
  }
  if (slices.length === 0) return 'none';
  return slices.length > 1 && lengthOf(slices) > size ? 'whole' : slices;
}

export function lengthOf(slices: readonly Slice[]): number {
  return slices.reduce((sum, { start, end }) => sum + end - start + 1, 0);
}

/** Null: no range at all. */
function readOne(part: string, size: number): Slice | 'beyond' | null {
  const [, from = '', to = ''] = /^(\d{0,15})\s*-\s*(\d{0,15})$/u.exec(part) ?? [];
  if (from === '' && to === '') return null;
  if (from === '') return to === '0' || size === 0 ? 'beyond' : { start: Math.max(0, size - Number(to)), end: size - 1 };
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return null;
  return start >= size ? 'beyond' : { start, end };
}
