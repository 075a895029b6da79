import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { NewTriageMark, RunTriage } from '../../src-shared/model/triage.ts';
import { HubError } from '../errors.ts';
import { needRun } from './list-runs.ts';
import type { HubRunServices } from './run-services.ts';

/** No rules here: what the labs know by theirs is known at the labs. */
export async function readTriage(services: HubRunServices, runId: string): Promise<RunTriage> {
  const { counts } = await needRun(services, runId);
  const rows = await services.store.selectFrom('run_mark').selectAll().where('run_id', '=', runId).orderBy('at').orderBy('id').execute();
  const marks = rows.map(({ id, test, kind, text, person: by, at }) => ({ id, test, kind, text, by, at }));
  return { marks, known: [], unexplained: counts.failed };
}

export async function addMark(
  services: HubRunServices,
  { runId, ...mark }: z.output<typeof NewTriageMark>,
  person: string,
): Promise<RunTriage> {
  await needRun(services, runId);
  const row = { ...mark, id: randomUUID(), run_id: runId, person, at: services.now() };
  await services.store.insertInto('run_mark').values(row).execute();
  services.notices.tell(runId, 'run');
  return readTriage(services, runId);
}

export async function removeMark(
  { store, notices }: HubRunServices,
  id: string,
  { login, role }: { login: string; role: string },
): Promise<void> {
  const row = await store.selectFrom('run_mark').select(['person', 'run_id']).where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new HubError('NOT_FOUND', 'This note does not exist any more.');
  if (row.person !== login && role === 'tester') throw new HubError('FORBIDDEN', `${row.person} wrote this note.`);
  await store.deleteFrom('run_mark').where('id', '=', id).execute();
  notices.tell(row.run_id, 'run');
}
