import type { Item } from '../../src-shared/protocol/items.ts';
import { CHAIN_START } from '../../src-shared/protocol/chain.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

interface OutboxRow extends Item {
  chain: string;
}

export function outboxHead(store: ReadableStore): number {
  return store.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM hub_outbox').pluck().get() ?? 0;
}

/** The chain at `seq`; undefined where there is no such item. */
export function outboxChain(store: ReadableStore, seq: number): string | undefined {
  if (seq === 0) return CHAIN_START;
  return store.prepare<[number], string>('SELECT chain FROM hub_outbox WHERE seq = ?').pluck().get(seq);
}

export function insertOutboxItem(store: WritableStore, item: OutboxRow, at: number): void {
  store
    .prepare('INSERT INTO hub_outbox (seq, nonce, kind, body, chain, written_at) VALUES (@seq, @nonce, @kind, @body, @chain, @at)')
    .run({ ...item, at });
}

export function listOutbox(store: ReadableStore, after: number, limit: number): Item[] {
  return store
    .prepare<[number, number], Item>('SELECT seq, nonce, kind, body FROM hub_outbox WHERE seq > ? ORDER BY seq LIMIT ?')
    .all(after, limit);
}
