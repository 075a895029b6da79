import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Timeline, TIMELINE_FILE } from '../../../src-shared/model/timeline.ts';
import { WorkbenchError } from '../../errors.ts';
import { findRun } from '../../store/runs.ts';
import type { TimelineServices } from './timeline-services.ts';
import type { RunMachineWatch } from './watch-run-machines.ts';

/** From the report when the run has ended, else what there is so far. */
export async function readTimeline(
  services: Pick<TimelineServices, 'store' | 'runsFolder'>,
  watch: RunMachineWatch,
  id: string,
): Promise<Timeline> {
  const row = findRun(services.store, id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This run does not exist any more.');
  if (row.state !== 'ended') return watch.read(row);
  await watch.written(id);
  const kept = await readFile(join(services.runsFolder, id, 'output', TIMELINE_FILE), 'utf8').catch(() => null);
  if (kept !== null) {
    const read = Timeline.safeParse(JSON.parse(kept));
    if (read.success) return read.data;
  }
  return { from: row.started_at ?? row.created_at, to: row.ended_at ?? row.created_at, machines: [] };
}
