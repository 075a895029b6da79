import { applyLane, consoleSize, metaValue } from '@atn/run-record';
import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import type { Lane, LaneAnswer } from '../../src-shared/protocol/messages.ts';
import { findRemoteRun, isPresent, type RemoteRunRow } from '../store/runs.ts';
import { liveConsole, liveRecord, type HubRunServices } from './run-services.ts';

/** In the copy itself, written with its rows: where it goes on. */
const PLACE = 'copied to';

/** Before it executes there is nothing to copy; what came before the fact that it does would be of nobody knows which history. */
const NOT_YET: readonly (string | null)[] = [null, 'fetching', 'queued', 'preparing', 'provisioning'];

/**
 * Writes what comes next into the copy of a record and says where that now stands. What does not go on there is not looked at: the answer
 * says where to go on. The same rows twice are there once, and the place lies in the copy, so a crash costs nothing.
 */
export async function takeLane(services: HubRunServices, harnessId: string, lane: Lane): Promise<LaneAnswer> {
  const { store } = services;
  if (!(await isPresent(store, { harnessId, session: lane.session }))) return { kind: 'overtaken' };
  const row = await findRemoteRun(store, lane.runId);
  if (row === undefined || row.harness_id !== harnessId || row.state === 'refused' || row.published_at !== null) return { kind: 'closed' };
  if (NOT_YET.includes(row.state)) return { kind: 'notYet' };
  const file = liveRecord(services, row.id);
  const stands = existsSync(file) ? (metaValue(services.records.write(file), PLACE) ?? '-') : '-';
  if (lane.from === stands) await write(services, row, lane);
  const cursor = lane.from === stands ? lane.to : stands;
  return { kind: 'taken', cursor, console: await consoleSize(liveConsole(services, row.id)) };
}

async function write(services: HubRunServices, row: RemoteRunRow, lane: Lane): Promise<void> {
  const record = services.records.write(liveRecord(services, row.id));
  applyLane(record, { ...lane, meta: [...lane.meta, { key: PLACE, value: lane.to }] });
  if (lane.console !== null && lane.console.offset === (await consoleSize(liveConsole(services, row.id))))
    await appendFile(liveConsole(services, row.id), Buffer.from(lane.console.data, 'base64'));
  services.notices.tell(row.id, 'record');
  // The state is the control log's alone to say.
  const view = lane.run?.state === row.state ? JSON.stringify(lane.run) : null;
  if (view === null) return;
  await services.heard.add(row.id, (transaction) =>
    transaction.updateTable('remote_run').set({ view }).where('id', '=', row.id).where('state', '=', row.state).execute(),
  );
  services.notices.tell(row.id, 'run');
}
