import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Counts } from '../../../src-shared/model/run.ts';
import { hasOption } from '../../robot/command-line.ts';
import { readExitFile, runFolder } from '../../robot/run-files.ts';
import { moveRun } from '../../store/run-moves.ts';
import { firstFailure, writeResults } from '../../store/run-results.ts';
import { bindingOf, listPhases, requestOf, updateRun, type RunRow } from '../../store/runs.ts';
import type { Collected } from '../../workers/run-messages.ts';
import { folderOf, type Conducting } from './conducting.ts';
import { decideVerdict, type Outcome } from './decide-verdict.ts';
import { indexRunResults } from './index-run.ts';
import { isDiskFull, isRoomGone, NO_ROOM, saysNoRoom } from './disk-room.ts';
import { keepsMachines } from './provision-run.ts';
import { retryFailures } from './retry-run.ts';
import { announce } from './run-services.ts';

/** Reads what the run left, and ends it: verdict, counts and the release of everything it holds are one transaction. */
export async function collectStep(conducting: Conducting, row: RunRow): Promise<void> {
  const { services, room, live, leaving } = conducting;
  const collected = await collect(conducting, row);
  if (leaving.aborted) return;
  for (const trouble of collected.troubles) services.log.warn('collecting a run met a trouble', { run: row.id, trouble });
  const outcome = await verdictOf(conducting, row, collected);
  const keep = await keptAs(conducting, row, outcome);
  const { leased, retry } = await room.surely(() => {
    live.forget(row.id);
    return end(conducting, row, { ...outcome, collected, keep });
  }, leaving);
  announce(services, retry === null ? [row.id] : [row.id, retry]);
  services.changes.emit('run:ended', { id: row.id });
  if (leased.length > 0) {
    services.changes.emit('fences:changed', { sutIds: leased });
    services.changes.emit('suts:changed', { ids: leased, removed: [] });
  }
  services.holds.settle();
  conducting.onEnded();
  await room.keep();
  await indexRunResults(services.store, row.number, leaving).catch((error: unknown) =>
    services.log.error('a run could not be made findable', error, { run: row.id }),
  );
}

type Gathered = Collected & { noRoom: boolean };

async function collect({ services }: Conducting, row: RunRow): Promise<Gathered> {
  const folder = runFolder(folderOf(services, row.id));
  let noRoom = false;
  if (!existsSync(folder.spec)) return { ...NOTHING, noRoom };
  try {
    const task = { folder: folder.folder, script: join(services.scripts, 'rebuild.py'), nativeBinding: services.nativeBinding ?? null };
    const collected = await services.jobs.collect(
      task,
      (results) => writeResults(services.store, row.number, results),
      (error) => {
        noRoom ||= isDiskFull(error);
        services.log.error('results of a run could not be written', error, { run: row.id });
      },
    );
    return { ...collected, noRoom: noRoom || (collected.troubles.length > 0 && (await isRoomGone(services))) };
  } catch (error) {
    services.log.error('a run could not be collected', error, { run: row.id });
    return { ...NOTHING, troubles: [String(error)], noRoom: isDiskFull(error) || (await isRoomGone(services)) };
  }
}

const NOTHING: Collected = {
  counts: { passed: 0, failed: 0, skipped: 0, notRun: 0 },
  total: 0,
  robotVersion: null,
  pythonVersion: null,
  recordClosed: false,
  recordDropped: null,
  reportWhole: false,
  rebuilt: false,
  robotError: null,
  troubles: [],
};

async function verdictOf({ services }: Conducting, row: RunRow, collected: Gathered): Promise<Outcome> {
  const exit = await readExitFile(runFolder(folderOf(services, row.id)).exit);
  const stored =
    row.failure_code === null ? null : { code: row.failure_code, message: row.failure_message ?? '', cause: row.cause ?? 'internal' };
  const noRoom =
    collected.noRoom ||
    saysNoRoom(collected.recordDropped ?? '') ||
    saysNoRoom(exit?.error ?? '') ||
    (exit?.exitCode !== 0 && saysNoRoom(collected.robotError ?? ''));
  const provisioned = row.purpose === 'provision' ? provisionedAs(services, row) : null;
  return decideVerdict({
    exit,
    failure: stored ?? (noRoom ? NO_ROOM : null),
    stoppedEarly: exit === null && stored === null && row.stop_requested_at !== null && provisioned === null,
    provisioned,
    counts: countsOf(row, collected),
    recordClosed: collected.recordClosed,
    recordDropped: collected.recordDropped,
    reportWhole: collected.reportWhole,
    robotError: collected.robotError,
    emptyAllowed: hasOption(requestOf(row).options.robotOptions, 'runemptysuite'),
    firstFailure: firstFailure(services.store, row.number)?.message ?? null,
  });
}

/** What the provisioning ended with; null when it did not come to its end. */
function provisionedAs({ store }: Conducting['services'], row: RunRow): string | null {
  const phase = listPhases(store, row.number).find(({ state }) => state === 'provisioning');
  return phase?.outcome === 'done' || phase?.outcome === 'skipped' ? (phase.note ?? 'The machine is in the wanted state.') : null;
}

/** Cases that were selected and never seen count as not run. */
function countsOf(row: RunRow, { counts, total }: Collected): Counts {
  const known = Math.max(total, counts.passed + counts.failed + counts.skipped + counts.notRun);
  return known > 0 ? counts : { ...counts, notRun: row.total };
}

function end(
  { services }: Conducting,
  row: RunRow,
  result: Outcome & { collected: Collected; keep: Kept | null },
): { leased: string[]; retry: string | null } {
  const { store, clock } = services;
  const { collected, verdict, cause, failure, happened, keep } = result;
  const counts = countsOf(row, collected);
  return store.transaction(() => {
    const at = clock.now();
    updateRun(store, row.id, {
      passed: counts.passed,
      failed: counts.failed,
      skipped: counts.skipped,
      not_run: counts.notRun,
      total: Math.max(collected.total, collected.total === 0 ? row.total : 0),
      rebuilt: collected.rebuilt ? 1 : 0,
      robot_version: collected.robotVersion ?? row.robot_version,
      python_version: collected.pythonVersion ?? row.python_version,
      failure_code: failure?.code ?? null,
      failure_message: failure?.message ?? null,
    });
    const leased = store.prepare<[number], string>('SELECT sut_id FROM lease WHERE run = ?').pluck().all(row.number);
    moveRun(store, { id: row.id, event: 'collected', at, end: { verdict, cause, happened }, ...noteOf(collected) });
    // Before its holds end: the one that goes on takes them over.
    const retry = verdict === 'failed' ? retryFailures(services, row.id) : null;
    if (keep !== null) services.holds.keep({ starter: row.started_by, sutIds: leased, atEnd: keep.atEnd }, at + keep.ms);
    services.holds.runEnded(row.number, at);
    return { leased, retry };
  })();
}

interface Kept {
  ms: number;
  atEnd: 'nothing' | 'powerOff';
}

/** How its machines stay for somebody to look at; null: they do not. */
async function keptAs({ services }: Conducting, row: RunRow, { verdict }: Outcome): Promise<Kept | null> {
  const binding = bindingOf(row);
  if (binding === null || !keepsMachines(binding.keep.when, verdict)) return null;
  const off = await services.provisioning.switchesOffKept({ run: row, binding });
  return { ms: binding.keep.minutes * 60_000, atEnd: off ? 'powerOff' : 'nothing' };
}

function noteOf({ rebuilt, troubles }: Collected): { note?: string } {
  if (troubles.length > 0) return { note: troubles.join(' ') };
  return rebuilt ? { note: 'The report was rebuilt from the record.' } : {};
}
