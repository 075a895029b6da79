import type { Environment } from '../../../src-shared/model/library.ts';
import { carryOut } from '../../robot/environment-orders.ts';
import { saveDamage } from '../../store/environment-locks.ts';
import { refuseWhileUsed } from './build-environment.ts';
import { announceEnvironments, placeOf, toolsOf, type EnvironmentServices } from './environment-services.ts';
import { findChange, readEnvironment } from './inspect-environment.ts';
import { getEnvironment, listEnvironments, type UsersOfLocks } from './list-environments.ts';

interface VerifyRequest {
  lockHash: string;
  /** Reads every file. */
  full: boolean;
}

/** What is wrong with an environment, a sentence each; it stays known until it is built again. */
export async function verifyEnvironment(
  services: EnvironmentServices,
  { lockHash, full }: VerifyRequest,
  signal?: AbortSignal,
): Promise<string[]> {
  const place = placeOf(services, lockHash);
  const problems = full
    ? (await carryOut('verify', { tools: await toolsOf(services, signal), content: { place } }, { signal })).problems
    : [findChange(place) ?? []].flat();
  if (problems.length > 0 || full) saveDamage(services.store, lockHash, problems.length > 0 ? problems : null);
  announceEnvironments(services);
  return problems;
}

/** Removes its files; answers how many bytes that were. */
export async function removeEnvironment(services: EnvironmentServices, lockHash: string, users: UsersOfLocks): Promise<number> {
  const { size } = getEnvironment(services, lockHash, users);
  refuseWhileUsed(services, lockHash, 'removed');
  await carryOut('remove', { tools: await toolsOf(services), content: { place: placeOf(services, lockHash) } });
  saveDamage(services.store, lockHash, null);
  announceEnvironments(services);
  return size ?? 0;
}

function isOwn(services: EnvironmentServices, lockHash: string): boolean {
  return readEnvironment(placeOf(services, lockHash))?.lastUsedBy === services.scratch;
}

interface CleanRequest {
  /** Only those that were last used before. */
  unusedSince: number;
  dryRun: boolean;
}

/** What another home of the user has used lately may be in use there: nobody here knows. */
const OTHERS_KEEP_MS = 7 * 24 * 3600_000;

/** Removes what nobody uses, as far as this home knows. */
export async function cleanEnvironments(
  services: EnvironmentServices,
  { unusedSince, dryRun }: CleanRequest,
  users: UsersOfLocks,
): Promise<{ removed: Environment[]; freed: number }> {
  const removed = listEnvironments(services, users).filter(
    ({ state, usedBy, lastUsedAt, lockHash }) =>
      (state === 'ready' || state === 'damaged') &&
      usedBy.length === 0 &&
      (lastUsedAt ?? 0) < unusedSince &&
      ((lastUsedAt ?? 0) < services.clock.now() - OTHERS_KEEP_MS || isOwn(services, lockHash)),
  );
  if (!dryRun) for (const { lockHash } of removed) await removeEnvironment(services, lockHash, users);
  return { removed, freed: removed.reduce((sum, { size }) => sum + (size ?? 0), 0) };
}
