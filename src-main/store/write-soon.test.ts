import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openForReading, openStore } from './open.ts';
import { writeSoon } from './write-soon.ts';

it('writes what others read at once, waits for the disk afterwards as before, and does not outwit a transaction', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atn-soon-'));
  const file = join(folder, 'harness.db');
  const { write: store, close } = openStore({ file, backups: folder, now: 1 });
  const other = openForReading(file);
  const synchronous = () => store.pragma('synchronous', { simple: true });
  const set = (value: string) => store.prepare("INSERT OR REPLACE INTO setting (key, value) VALUES ('soon', ?)").run(value);
  let during: unknown = null;
  writeSoon(store, () => {
    during = synchronous();
    set('"one"');
  });
  expect([during, synchronous()]).toEqual([1, 2]);
  expect(other.prepare("SELECT value FROM setting WHERE key = 'soon'").pluck().get()).toBe('"one"');
  expect(() => writeSoon(store, () => set('no JSON at all {'))).toThrow();
  expect(synchronous()).toBe(2);
  store.transaction(() => {
    writeSoon(store, () => {
      during = synchronous();
      set('"two"');
    });
  })();
  expect([during, synchronous()]).toEqual([2, 2]);
  other.close();
  close();
});
