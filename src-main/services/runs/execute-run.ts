import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { WorkbenchError } from '../../errors.ts';
import { readSpecPython, readSupervisorFile, runFolder, writeStopFile, type RunFolder } from '../../robot/run-files.ts';
import { signalProcess } from '../../robot/process-identity.ts';
import { findRun, type RunRow } from '../../store/runs.ts';
import type { SuperviseMessage, Supervised, SuperviseTask } from '../../workers/run-messages.ts';
import { boundSuts, secretsOf } from './bound-suts.ts';
import { advance, folderOf, type Conducting } from './conducting.ts';
import { isRoomGone, NO_ROOM } from './disk-room.ts';
import type { RunServices } from './run-services.ts';

/** Robot may go on tearing down so long when its supervisor was killed, ms. */
const ORPHAN_GRACE_MS = 30_000;
const WATCH_AGAIN_MS = 1000;

/**
 * Starts the supervisor, or finds the one that a harness before us has started, and waits for the end of the run. That no run is started
 * twice is the supervisor's own care: a second one for the same run folder ends by itself.
 */
export async function executeStep(conducting: Conducting, row: RunRow): Promise<void> {
  const { services, leaving } = conducting;
  if (row.purpose === 'provision')
    return advance(conducting, {
      id: row.id,
      at: services.clock.now(),
      event: 'executed',
      outcome: 'skipped',
      note: 'There are no tests.',
    });
  await handOnStop(services, row.id);
  const folder = runFolder(folderOf(services, row.id));
  const fresh = !existsSync(folder.supervisor) && !existsSync(folder.exit);
  const task = {
    folder: folder.folder,
    python: fresh ? await pythonOf(folder) : '',
    script: join(services.scripts, 'supervisor.py'),
    secrets: fresh ? await secretsOf(services, row) : null,
    graceMs: ORPHAN_GRACE_MS,
    nativeBinding: services.nativeBinding ?? null,
  };
  await openAccess(services, row).catch((error: unknown) => {
    if (fresh) throw error;
    // Robot runs already: it goes on, and its keywords wait.
    services.log.error('a run could not be given access to its machines again', error, { run: row.id });
  });
  const supervised = await superviseSurely(conducting, row, task);
  if (supervised.how === 'left' || leaving.aborted) return;
  await services.access.close(row.id);
  const roomGone = supervised.how !== 'exited' && (await isRoomGone(services));
  await advance(conducting, {
    id: row.id,
    at: services.clock.now(),
    ...(roomGone ? { event: 'broke', failure: NO_ROOM } : moveFor(supervised)),
  });
}

/** Before Robot is started, and again when a harness goes on with a run: its keywords then wait for the new address. */
export async function openAccess(services: RunServices, row: RunRow): Promise<void> {
  const members = await boundSuts(services, row);
  if (members.length === 0) return;
  const { id, name, created_at: createdAt, started_at: startedAt } = row;
  await services.access.open({ id, name, startedAt: startedAt ?? createdAt, folder: folderOf(services, id), members });
}

/** The watching thread may break, Robot goes on all the same: so it is watched anew, and never given up while it may run. */
async function superviseSurely({ services, live, leaving }: Conducting, row: RunRow, task: SuperviseTask): Promise<Supervised> {
  for (;;) {
    try {
      return await services.jobs.supervise(task, (message) => tell({ services, live }, row, message), leaving);
    } catch (error) {
      if (leaving.aborted) return { how: 'left' };
      services.log.error('watching a run failed; it is watched anew', error, { run: row.id });
      await wait(WATCH_AGAIN_MS, undefined, { signal: leaving }).catch(() => undefined);
    }
  }
}

function moveFor(supervised: Exclude<Supervised, { how: 'left' }>) {
  if (supervised.how === 'vanished') {
    const message = 'The process that supervised the run was killed. What was recorded until then is kept.';
    return { event: 'vanished' as const, failure: { code: 'LOST', message, cause: 'infrastructure' as const } };
  }
  if (supervised.how === 'notStarted') {
    return { event: 'broke' as const, failure: { code: 'PYTHON_MISSING', message: supervised.message, cause: 'configuration' as const } };
  }
  const { exit } = supervised;
  const ran = exit.how === 'exited' && exit.exitCode !== null && exit.exitCode <= 250;
  return { event: 'executed' as const, outcome: ran ? ('done' as const) : ('failed' as const) };
}

function tell({ services, live }: Pick<Conducting, 'services' | 'live'>, row: RunRow, message: SuperviseMessage): void {
  switch (message.type) {
    case 'grew':
      services.changes.emit('record:grew', { runId: row.id });
      return;
    case 'progress': {
      const { passed, failed, skipped, notRun } = message.counts;
      live.set(row, {
        passed,
        failed,
        skipped,
        not_run: notRun,
        total: message.total,
        ...(message.test === null ? {} : { happened: message.test }),
      });
      return;
    }
    case 'stop':
      live.set(row, { stop_step: message.stop.step, stop_next_step_at: message.stop.nextStepAt });
      return;
    case 'running':
      live.set(row, { note: 'Robot runs.' });
  }
}

/** Brings a stop that is in the store to the supervisor; again and again does no harm. */
export async function handOnStop(services: RunServices, id: string): Promise<void> {
  const row = findRun(services.store, id);
  if (row === undefined || row.stop_requested_at === null || row.state !== 'executing') return;
  const folder = runFolder(folderOf(services, id));
  const stop = { requestedAt: row.stop_requested_at, by: row.stop_by ?? '', reason: row.stop_reason ?? '', now: row.stop_now === 1 };
  try {
    await writeStopFile(folder, stop);
  } catch (error) {
    // No room for a file: the supervisor takes a signal for the same.
    const supervisor = await readSupervisorFile(folder.supervisor);
    if (supervisor === null || !signalProcess(supervisor, 'SIGTERM')) throw error;
  }
}

async function pythonOf(folder: RunFolder): Promise<string> {
  try {
    return await readSpecPython(folder);
  } catch (error) {
    throw new WorkbenchError('INTERNAL', 'The files of this run are missing or damaged: it cannot be executed. Start it again.', {
      cause: error,
    });
  }
}
