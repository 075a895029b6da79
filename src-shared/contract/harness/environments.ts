import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { Environment, EnvironmentLock, LibraryRef } from '../../model/library.ts';
import { Progress } from '../../model/system.ts';
import { Sha256, Timestamp } from '../../model/text.ts';
import { procedure } from '../base.ts';

const tag = { tags: ['Environments'] };
const ByHash = z.object({ lockHash: Sha256 });

const progress = z.object({ type: z.literal('progress'), progress: Progress });

/** Leaving a stream cancels the work, unless somebody else waits for the same. What was fetched stays and is used the next time. */
export const LockEvent = z.discriminatedUnion('type', [progress, z.object({ type: z.literal('done'), lock: EnvironmentLock })]);
export const BuildEvent = z.discriminatedUnion('type', [progress, z.object({ type: z.literal('done'), environment: Environment })]);
export const WheelhouseEvent = z.discriminatedUnion('type', [
  progress,
  z.object({ type: z.literal('done'), path: z.string(), size: z.number().int(), wheels: z.number().int() }),
]);

export const environments = {
  /** Every lock of this home, and every other environment that is there; newest use first. */
  list: procedure.route({ method: 'GET', path: '/environments', ...tag }).output(z.array(Environment)),
  /**
   * Solves a set, Robot Framework included. The same set gives the lock it had before unless `refresh`. Throws LOCK_FAILED (`details`: the
   * resolver's own reason) or INDEX_UNREACHABLE.
   */
  lock: procedure
    .route({ method: 'POST', path: '/environments/lock', ...tag })
    .input(z.object({ libraries: z.array(LibraryRef), refresh: z.boolean().default(false) }))
    .output(eventIterator(LockEvent)),
  /** Builds what a lock says, once for all who ask. Throws ENVIRONMENT_FAILED, INDEX_UNREACHABLE, DISK_FULL, CANCELLED. */
  build: procedure
    .route({ method: 'POST', path: '/environments/{lockHash}/build', ...tag })
    .input(ByHash)
    .output(eventIterator(BuildEvent)),
  /** Looks at every file: sizes and times, with `full` the hashes of their content, too. What is found stays the state until it is rebuilt. */
  verify: procedure
    .route({ method: 'POST', path: '/environments/{lockHash}/verify', ...tag })
    .input(ByHash.extend({ full: z.boolean().default(false) }))
    .output(z.object({ environment: Environment, problems: z.array(z.string()) })),
  /** Refused with CONFLICT while a run uses it. */
  rebuild: procedure
    .route({ method: 'POST', path: '/environments/{lockHash}/rebuild', ...tag })
    .input(ByHash)
    .output(eventIterator(BuildEvent)),
  /** Removes its files; the lock stays, so it can be built again. Refused with CONFLICT while a run uses it. */
  remove: procedure
    .route({ method: 'DELETE', path: '/environments/{lockHash}', ...tag })
    .input(ByHash)
    .output(z.object({ freed: z.number().int() })),
  /** Those that nobody uses and that were last used before `unusedSince` (now when left out). `dryRun` only says what would go. */
  clean: procedure
    .route({ method: 'POST', path: '/environments/clean', ...tag })
    .input(z.object({ unusedSince: Timestamp.optional(), dryRun: z.boolean().default(false) }))
    .output(z.object({ removed: z.array(Environment), freed: z.number().int() })),
  /** One zip with every wheel of a lock and the lock itself, written to a file on the harness's machine; an existing file is refused with CONFLICT. */
  exportWheelhouse: procedure
    .route({ method: 'POST', path: '/environments/{lockHash}/export', ...tag })
    .input(ByHash.extend({ path: z.string().min(1) }))
    .output(eventIterator(WheelhouseEvent)),
  /** Takes such a zip in: its environment can then be built without any index. Throws ARCHIVE_REFUSED when a wheel is not what the lock says. */
  importWheelhouse: procedure
    .route({ method: 'POST', path: '/environments/import', ...tag })
    .input(z.object({ path: z.string().min(1) }))
    .output(eventIterator(LockEvent)),
  /** Sends the whole list at each change, how far building is included. */
  watch: procedure.route({ method: 'GET', path: '/environments/watch', ...tag }).output(eventIterator(z.array(Environment))),
};
