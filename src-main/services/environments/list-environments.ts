import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment, EnvironmentLock, EnvironmentUser } from '../../../src-shared/model/library.ts';
import { findLock, listLocks, listRunsOfLocks, readDamage } from '../../store/environment-locks.ts';
import { keyOf, noLock, placeOf, rootOf, type EnvironmentServices } from './environment-services.ts';
import { readEnvironment, type Inspection } from './inspect-environment.ts';

/** Whose set a lock is, by its hash: told by those who know sets. */
export type UsersOfLocks = () => ReadonlyMap<string, readonly EnvironmentUser[]>;

/** Every lock of this home, and what other homes of the same user have built; the one used last comes first. */
export function listEnvironments(services: EnvironmentServices, users: UsersOfLocks): Environment[] {
  const locks = listLocks(services.store);
  const known = new Set(locks.map(({ hash }) => keyOf(hash)));
  const strangers = foldersIn(rootOf(services)).flatMap((name) => (known.has(name) ? [] : (strangerIn(services, name) ?? [])));
  const usedBy = allUsers(services, users);
  return [...locks.map((lock) => describe(services, lock, usedBy)), ...strangers].sort((a, b) => (b.lastUsedAt ?? 0) - (a.lastUsedAt ?? 0));
}

/** Throws NOT_FOUND. */
export function getEnvironment(services: EnvironmentServices, lockHash: string, users: UsersOfLocks): Environment {
  const lock = findLock(services.store, lockHash);
  if (lock !== undefined) return describe(services, lock, allUsers(services, users));
  const stranger = strangerIn(services, keyOf(lockHash));
  if (stranger === null) throw noLock();
  return stranger;
}

type Users = ReadonlyMap<string, readonly EnvironmentUser[]>;

function describe(services: EnvironmentServices, lock: EnvironmentLock, users: Users): Environment {
  const { hash, robotVersion, pythonVersion, packages } = lock;
  const found = readEnvironment(placeOf(services, hash));
  return {
    lockHash: hash,
    robotVersion,
    pythonVersion,
    packages,
    ...stateOf(services, hash, found),
    ...(found === null ? NOTHING : { size: found.size, builtAt: found.builtAt, lastUsedAt: found.lastUsedAt }),
    usedBy: [...(users.get(hash) ?? [])],
  };
}

const NOTHING = { size: null, builtAt: null, lastUsedAt: null };

function stateOf(services: EnvironmentServices, hash: string, found: Inspection | null): Pick<Environment, 'state' | 'note'> {
  const building = services.builds.get(hash);
  if (building !== undefined) return { state: 'building', note: building.note };
  if (found === null) return { state: 'removed', note: null };
  const damage = readDamage(services.store, hash);
  if (damage === null) return { state: 'ready', note: null };
  return { state: 'damaged', note: damage.length > 1 ? `${damage[0] ?? ''} And ${damage.length - 1} more.` : (damage[0] ?? null) };
}

/** One that was built by another home, by what it says itself. */
function strangerIn(services: EnvironmentServices, name: string): Environment | null {
  const found = readEnvironment(join(rootOf(services), name));
  if (found === null) return null;
  const { lockHash, packages, python, robot } = found.marker;
  return {
    lockHash,
    robotVersion: robot ?? '',
    pythonVersion: python,
    packages,
    state: 'ready',
    note: null,
    size: found.size,
    builtAt: found.builtAt,
    lastUsedAt: found.lastUsedAt,
    usedBy: [],
  };
}

function allUsers(services: EnvironmentServices, users: UsersOfLocks): Users {
  const all = new Map([...users()].map(([hash, each]) => [hash, [...each]]));
  for (const { id, name, lockHash } of listRunsOfLocks(services.store)) {
    all.set(lockHash, [...(all.get(lockHash) ?? []), { kind: 'run', id, name }]);
  }
  return all;
}

function foldersIn(root: string): string[] {
  try {
    return readdirSync(root).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}
