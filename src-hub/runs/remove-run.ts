import { remove } from '@atn/content-store';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RunManifest } from '../../src-shared/protocol/messages.ts';
import { HubError } from '../errors.ts';
import { findRemoteRun } from '../store/runs.ts';
import type { HubRunServices } from './run-services.ts';

/** Its row first: a crash then leaves files that nothing refers to, never a run without its report. Files of other runs stay. */
export async function removeRun(services: HubRunServices, id: string): Promise<void> {
  const { store, content, notices } = services;
  const row = await findRemoteRun(store, id);
  if (row === undefined) throw new HubError('NOT_FOUND', 'This run does not exist.');
  if (row.state !== 'refused' && row.published_at === null)
    throw new HubError('CONFLICT', 'This run goes on, or its report is on its way.');
  await store.deleteFrom('run_mark').where('run_id', '=', id).execute();
  await store.deleteFrom('remote_run').where('id', '=', id).execute();
  services.records.closeIn(join(services.folder, id));
  await rm(join(services.folder, id), { recursive: true, force: true });
  const files = row.manifest === null ? [] : RunManifest.parse(JSON.parse(row.manifest)).files;
  for (const { sha256 } of files) {
    const run = await store.selectFrom('remote_run').select('id').where('manifest', 'like', `%${sha256}%`).executeTakeFirst();
    const data = await store.selectFrom('test_data').select('id').where('sha256', '=', sha256).executeTakeFirst();
    if (run === undefined && data === undefined) await remove(content, sha256);
  }
  notices.tell(id, 'run');
  notices.tell(id, 'record');
}
