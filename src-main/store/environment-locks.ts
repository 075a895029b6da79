import type { EnvironmentLock, LockedPackage } from '../../src-shared/model/library.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

interface RawLock extends Omit<EnvironmentLock, 'packages'> {
  packages: string;
}

const LOCK = `SELECT hash, robot_version AS robotVersion, python_version AS pythonVersion, platform, packages, solved_by AS solvedBy,
  made_at AS madeAt FROM environment_lock`;

export function findLock(store: ReadableStore, hash: string): EnvironmentLock | undefined {
  const row = store.prepare<[string], RawLock>(`${LOCK} WHERE hash = ?`).get(hash);
  return row && parse(row);
}

/** The lock that a set was solved to last. */
export function findLockOfSet(store: ReadableStore, setKey: string): EnvironmentLock | undefined {
  const sql = `${LOCK} WHERE hash = (SELECT lock_hash FROM environment_set WHERE set_key = ?)`;
  const row = store.prepare<[string], RawLock>(sql).get(setKey);
  return row && parse(row);
}

export function listLocks(store: ReadableStore): EnvironmentLock[] {
  return store.prepare<[], RawLock>(`${LOCK} ORDER BY made_at DESC`).all().map(parse);
}

/** The same lock again changes nothing. */
export function saveLock(store: WritableStore, lock: EnvironmentLock): void {
  store
    .prepare(
      `INSERT INTO environment_lock (hash, robot_version, python_version, platform, packages, solved_by, made_at)
       VALUES (@hash, @robotVersion, @pythonVersion, @platform, @packages, @solvedBy, @madeAt) ON CONFLICT (hash) DO NOTHING`,
    )
    .run({ ...lock, packages: JSON.stringify(lock.packages) });
}

export function saveLockOfSet(store: WritableStore, setKey: string, lockHash: string): void {
  store
    .prepare(
      `INSERT INTO environment_set (set_key, lock_hash) VALUES (?, ?)
       ON CONFLICT (set_key) DO UPDATE SET lock_hash = excluded.lock_hash`,
    )
    .run(setKey, lockHash);
}

/** What a look at every file has found; null once it is built again. */
export function saveDamage(store: WritableStore, hash: string, problems: readonly string[] | null): void {
  store.prepare('UPDATE environment_lock SET damage = ? WHERE hash = ?').run(problems === null ? null : JSON.stringify(problems), hash);
}

export function readDamage(store: ReadableStore, hash: string): string[] | null {
  const text = store.prepare<[string], string | null>('SELECT damage FROM environment_lock WHERE hash = ?').pluck().get(hash);
  return text == null ? null : (JSON.parse(text) as string[]);
}

/** A wheel that came with a wheelhouse; its bytes are in the content store. */
export interface KeptWheel {
  sha256: string;
  name: string;
  version: string;
  fileName: string;
  builtFrom: string | null;
}

export function listKeptWheels(store: ReadableStore, packages: readonly LockedPackage[]): KeptWheel[] {
  return store
    .prepare<[string], KeptWheel>(
      `SELECT sha256, name, version, file_name AS fileName, built_from AS builtFrom FROM environment_wheel
       JOIN json_each(?) AS wanted ON name = wanted.value ->> '$.name' AND version = wanted.value ->> '$.version'`,
    )
    .all(JSON.stringify(packages));
}

export function saveKeptWheel(store: WritableStore, wheel: KeptWheel): void {
  store
    .prepare(
      `INSERT INTO environment_wheel (sha256, name, version, file_name, built_from) VALUES (@sha256, @name, @version, @fileName, @builtFrom)
       ON CONFLICT (sha256) DO NOTHING`,
    )
    .run({ ...wheel });
}

/** Runs that are not ended, by the lock that they use. */
export function listRunsOfLocks(store: ReadableStore): { id: string; name: string; lockHash: string; state: string }[] {
  return store
    .prepare<[], { id: string; name: string; lockHash: string; state: string }>(
      "SELECT id, name, lock_hash AS lockHash, state FROM run WHERE state <> 'ended' AND lock_hash IS NOT NULL ORDER BY number",
    )
    .all();
}

/** Where libdoc's answer for a library is kept, by hash. */
export function findDocumentation(store: ReadableStore, environment: string, library: string): string | undefined {
  const sql = 'SELECT content FROM keyword_documentation WHERE environment = ? AND library = ?';
  return store.prepare<[string, string], string>(sql).pluck().get(environment, library);
}

export function saveDocumentation(store: WritableStore, documentation: { environment: string; library: string; content: string }): void {
  store
    .prepare(
      `INSERT INTO keyword_documentation (environment, library, content) VALUES (@environment, @library, @content)
       ON CONFLICT DO UPDATE SET content = excluded.content`,
    )
    .run(documentation);
}

function parse(row: RawLock): EnvironmentLock {
  return { ...row, packages: JSON.parse(row.packages) as LockedPackage[] };
}
