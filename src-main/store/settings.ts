import type { ReadableStore, WritableStore } from './handle.ts';

/** What people have changed, by key; the values are whatever JSON was kept, to be checked by the reader. */
export function readSettings(store: ReadableStore): Record<string, unknown> {
  const rows = store.prepare<[], { key: string; value: string }>('SELECT key, value FROM setting').all();
  return Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]));
}

export function saveSettings(store: WritableStore, changes: Record<string, unknown>): void {
  const save = store.prepare('INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value');
  store.transaction(() => {
    for (const [key, value] of Object.entries(changes)) save.run(key, JSON.stringify(value));
  })();
}
