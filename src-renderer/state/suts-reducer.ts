import type { SutFeed } from '../../src-shared/contract/harness/suts.ts';
import type { Sut } from '../../src-shared/model/sut.ts';

export interface SutsState {
  readonly known: boolean;
  readonly byId: ReadonlyMap<string, Sut>;
  /** Ids by name. */
  readonly order: readonly string[];
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

export function reduceSuts(before: SutsState, items: readonly SutFeed[]): SutsState {
  let byId = new Map(before.byId);
  for (const item of items) {
    if (item.type === 'snapshot') byId = new Map();
    for (const sut of item.suts) byId.set(sut.id, sut);
    if (item.type === 'changed') for (const id of item.removed) byId.delete(id);
  }
  const order = [...byId.values()].toSorted((a, b) => byName.compare(a.name, b.name)).map((sut) => sut.id);
  const same = order.length === before.order.length && order.every((id, index) => id === before.order[index]);
  return { known: true, byId, order: same ? before.order : order };
}
