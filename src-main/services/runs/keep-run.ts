import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import { deleteRun, findRun, updateRun, type RunRow } from '../../store/runs.ts';
import { folderOf } from './conducting.ts';
import { announce, type RunServices } from './run-services.ts';

const REMOVED = '.removed-';

export function needRun({ store }: Pick<RunServices, 'store'>, id: string): RunRow {
  const row = findRun(store, id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
  return row;
}

/** An important run is never removed. */
export function setImportant(services: RunServices, id: string, important: boolean): void {
  needRun(services, id);
  updateRun(services.store, id, { important: important ? 1 : 0 });
  announce(services, [id]);
}

/** Removes a run with all its files. Set aside first, so that a crash leaves either all of it or nothing. */
export async function removeRun(services: RunServices, id: string): Promise<void> {
  const row = needRun(services, id);
  if (row.state !== 'ended') throw new WorkbenchError('CONFLICT', 'This run is not ended. Stop it first.');
  if (row.important === 1) throw new WorkbenchError('CONFLICT', 'This run is marked important. Take the mark away first.');
  const aside = join(services.runsFolder, `${REMOVED}${id}`);
  await rename(folderOf(services, id), aside).catch(ignoreAbsent);
  deleteRun(services.store, row.number);
  announce(services, [], [id]);
  await rm(aside, { recursive: true, force: true });
}

/** Finishes removals that a crash has interrupted, or takes them back where the run is still there. */
export async function finishRemovals(services: RunServices): Promise<void> {
  const names = await readdir(services.runsFolder).catch(() => []);
  for (const name of names.filter((each) => each.startsWith(REMOVED))) {
    const id = name.slice(REMOVED.length);
    const aside = join(services.runsFolder, name);
    if (findRun(services.store, id) === undefined) await rm(aside, { recursive: true, force: true });
    else await rename(aside, folderOf(services, id));
  }
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
