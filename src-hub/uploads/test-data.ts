import { remove } from '@atn/content-store';
import { z } from 'zod';
import { OutlineSuite, type HubTestData } from '../../src-shared/model/hub-runs.ts';
import { HubError } from '../errors.ts';
import type { HubRunServices } from '../runs/run-services.ts';
import { findTestData } from '../store/runs.ts';

export async function listTestData({ store }: HubRunServices): Promise<HubTestData[]> {
  const rows = await store.selectFrom('test_data').selectAll().orderBy('created_at', 'desc').orderBy('id').execute();
  return rows.map(({ outline, file_name: fileName, created_at: createdAt, ...row }) => ({
    ...row,
    fileName,
    createdAt,
    suites: z.array(OutlineSuite).parse(JSON.parse(outline)),
  }));
}

/** Its file goes with the last that refers to it; labs that are still to fetch it keep it here. */
export async function removeTestData(
  services: HubRunServices,
  id: string,
  { login, role }: { login: string; role: string },
): Promise<void> {
  const { store, content } = services;
  const row = await findTestData(store, id);
  if (row === undefined) throw new HubError('NOT_FOUND', 'These test data do not exist any more.');
  if (row.person !== login && role === 'tester') throw new HubError('FORBIDDEN', `${row.person} brought these test data.`);
  await store.deleteFrom('test_data').where('id', '=', id).execute();
  const others = await store.selectFrom('test_data').select('id').where('sha256', '=', row.sha256).executeTakeFirst();
  const wanted = await store
    .selectFrom('remote_run')
    .select('id')
    .where('asked', 'like', `%${row.sha256}%`)
    .where((run) => run.or([run('state', 'is', null), run('state', '=', 'fetching')]))
    .executeTakeFirst();
  if (others === undefined && wanted === undefined) await remove(content, row.sha256);
}
