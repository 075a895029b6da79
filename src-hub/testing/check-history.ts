/** What somebody did to one machine, and between which two moments it must have taken effect; `to` infinite = no answer was ever seen. */
export interface Operation {
  /** The reservation that is asked for or given back. */
  id: string;
  /** `reserved` and `refused` are the two answers to one question. */
  did: 'reserved' | 'refused' | 'released';
  from: number;
  to: number;
}

/**
 * Whether the operations on one machine can be put into one order that respects real time and in which it never had two holders: a search as
 * Wing and Gong describe it, with Lowe's memory of configurations that lead nowhere. Answers null, or as far as the best order came.
 */
export function checkHistory(operations: readonly Operation[]): { explained: number; stuckAt: Operation[] } | null {
  const order = [...operations].sort((a, b) => a.from - b.from);
  const nowhere = new Set<string>();
  let best = { explained: 0, stuckAt: order.slice(0, 1) };
  const search = (done: ReadonlySet<number>, holder: string | null): boolean => {
    if (done.size === order.length) return true;
    const configuration = `${holder ?? ''} ${[...done].sort((a, b) => a - b).join()}`;
    if (nowhere.has(configuration)) return false;
    const next = candidates(order, done);
    for (const index of next) {
      const after = apply(order[index], holder);
      if (after !== undefined && search(new Set([...done, index]), after)) return true;
    }
    nowhere.add(configuration);
    if (done.size >= best.explained) best = { explained: done.size, stuckAt: next.flatMap((index) => order[index] ?? []) };
    return false;
  };
  return search(new Set(), null) ? null : best;
}

/** Those that may be the next one: none of the others had ended before they began. */
function candidates(order: readonly Operation[], done: ReadonlySet<number>): number[] {
  const left = order.flatMap((operation, index) => (done.has(index) ? [] : [{ operation, index }]));
  const firstEnd = Math.min(...left.map(({ operation }) => operation.to));
  return left.filter(({ operation }) => operation.from <= firstEnd).map(({ index }) => index);
}

/** The holder afterwards; undefined = it cannot have happened then. */
function apply(operation: Operation | undefined, holder: string | null): string | null | undefined {
  if (operation === undefined) return undefined;
  if (operation.did === 'reserved') return holder === null ? operation.id : undefined;
  if (operation.did === 'refused') return holder === null ? undefined : holder;
  return holder === operation.id ? null : undefined;
}
