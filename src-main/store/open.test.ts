import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openForReading, openStore } from './open.ts';
import { lockFile } from './sqlite-lock.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'atn-store-'));
const open = (home: string) => openStore({ file: join(home, 'harness.db'), backups: join(home, 'backups'), now: 1 });

describe('the store', () => {
  it('is durable, checks references, and its reading handle cannot write', () => {
    const home = folder();
    const { write, read, close } = open(home);
    expect(write.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(write.pragma('synchronous', { simple: true })).toBe(2);
    expect(write.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(() => read.exec('CREATE TABLE no (value TEXT)')).toThrow(/readonly/u);
    expect(() => openForReading(join(home, 'harness.db')).exec('DELETE FROM setting')).toThrow(/readonly/u);
    close();
  });
  it('says what to do about a file that is no database', () => {
    const home = folder();
    writeFileSync(join(home, 'harness.db'), 'this is a letter, not a database, and it is long enough to be looked at. '.repeat(20));
    expect(() => open(home)).toThrow(
      expect.objectContaining({ code: 'HOME_UNUSABLE', message: expect.stringMatching(/damaged.*backups/u) as string }) as Error,
    );
  });
  it('says what to do about a place where no file can be', () => {
    const home = folder();
    mkdirSync(join(home, 'harness.db'));
    expect(() => open(home)).toThrow(expect.objectContaining({ code: 'HOME_UNUSABLE' }) as Error);
  });
});

describe('a lock', () => {
  it('is held by one at a time', () => {
    const file = join(folder(), 'owner.lock');
    const lock = lockFile(file);
    expect(lock).not.toBeNull();
    expect(lockFile(file)).toBeNull();
    lock?.release();
    const again = lockFile(file);
    expect(again).not.toBeNull();
    again?.release();
  });
});
