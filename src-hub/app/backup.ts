import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { copyDatabase, demandWhole, isInUse } from '../store/copy-database.ts';
import { HubError } from '../errors.ts';
import { placeOf } from './compose.ts';
import type { HubConfig } from './config.ts';

/** Copies the store to a new file, whole and at one moment, while the hub goes on. */
export async function backupStore(config: HubConfig, file: string): Promise<string> {
  const target = resolve(file);
  const store = fileOf(config);
  if (!existsSync(store)) throw new HubError('NOT_FOUND', `There is no hub in ${config.home}.`);
  if (existsSync(target)) throw new HubError('CONFLICT', `${target} is there already. Name a new file.`);
  await copyDatabase(store, target);
  return target;
}

/** Answers where the former store is kept; null = there was none. */
export async function restoreStore(config: HubConfig, file: string): Promise<string | null> {
  const source = resolve(file);
  const store = fileOf(config);
  if (!existsSync(source)) throw new HubError('NOT_FOUND', `There is no file ${source}.`);
  demandWhole(source);
  mkdirSync(config.home, { recursive: true, mode: 0o700 });
  if (existsSync(store) && isInUse(store)) throw new HubError('HOME_IN_USE', 'The hub is running. End it first.');
  const fresh = `${store}.restoring`;
  rmSync(fresh, { force: true });
  await copyDatabase(source, fresh);
  const kept = existsSync(store) ? `${store}.before-${Date.now()}` : null;
  if (kept !== null) renameSync(store, kept);
  for (const side of ['-wal', '-shm']) rmSync(`${store}${side}`, { force: true });
  renameSync(fresh, store);
  return kept;
}

function fileOf(config: HubConfig): string {
  const place = placeOf(config);
  if (place.kind === 'sqlite') return place.file;
  throw new HubError(
    'BAD_REQUEST',
    'The facts of this hub are in PostgreSQL. Back them up with pg_dump, and restore them with pg_restore.',
  );
}
