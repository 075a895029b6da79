import { mkdir, rm } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Cause, RunEvent } from '../../../src-shared/model/run-states.ts';
import { runFolder } from '../../robot/run-files.ts';
import { asWorkbenchError, type WorkbenchError } from '../../errors.ts';
import { bindingOf, findRun, librariesOf, updateRun, type RunRow } from '../../store/runs.ts';
import { collectStep } from './collect-run.ts';
import { advance, advanceUnlessStopped, folderOf, type Conducting } from './conducting.ts';
import { executeStep } from './execute-run.ts';
import { provisionStep, tearDownStep } from './provision-run.ts';
import type { LongOptions } from './run-services.ts';
import { writeWorkspace } from './write-workspace.ts';

/**
 * Brings a run from whatever state it is in to its end, step by step. Each step can be begun anew after a crash, and each ends with one
 * move that is written in one transaction; so the state in the store always says where to go on.
 */
export async function conductRun(conducting: Conducting, id: string): Promise<void> {
  const { services, leaving } = conducting;
  for (;;) {
    const row = findRun(services.store, id);
    if (row === undefined || row.state === 'ended' || row.state === 'queued' || leaving.aborted) return;
    try {
      await STEPS[row.state](conducting, row);
    } catch (error) {
      if (leaving.aborted) return;
      await breakOff(conducting, row, error);
    }
  }
}

/** Pause before a step that must succeed is tried again. */
const AGAIN_MS = 2000;

type Step = (conducting: Conducting, row: RunRow) => Promise<void>;

const STEPS: Readonly<Record<Exclude<RunRow['state'], 'queued' | 'ended'>, Step>> = {
  preparing: prepare,
  provisioning: provisionStep,
  executing: executeStep,
  tearingDown: tearDownStep,
  collecting: collectStep,
};

async function prepare(conducting: Conducting, row: RunRow): Promise<void> {
  const { services, live, cancel, leaving } = conducting;
  if (row.stop_requested_at === null) {
    const options = {
      signal: AbortSignal.any([cancel, leaving]),
      onProgress: ({ step }: { step: string }) => live.set(row, { note: step }),
    };
    if (row.purpose === 'provision') await prepareReport(conducting, row, options);
    else await prepareRobot(conducting, row, options);
    const binding = bindingOf(row);
    const onNote = (note: string): void => live.set(row, { note });
    if (binding !== null) await services.provisioning.ready(binding, { startedBy: row.started_by, cancel, leaving, onNote });
  }
  await advanceUnlessStopped(conducting, row, { event: 'prepared', note: 'Environment and files are ready.' });
}

async function prepareRobot({ services, live }: Conducting, row: RunRow, options: LongOptions): Promise<void> {
  live.set(row, { note: 'Python environment' });
  const environment = await services.ensureEnvironment(librariesOf(row), options);
  const { robotVersion, pythonVersion, lockHash } = environment;
  updateRun(services.store, row.id, { robot_version: robotVersion, python_version: pythonVersion, lock_hash: lockHash });
  live.set(row, { note: 'Files of the test data' });
  await writeWorkspace(services, row, { ...options, ...environment });
}

/** Without tests there is only a report: the console of the machine, and what suites of the recipe write. */
async function prepareReport({ services, live }: Conducting, row: RunRow, options: LongOptions): Promise<void> {
  const folder = runFolder(folderOf(services, row.id));
  await rm(folder.folder, { recursive: true, force: true });
  await mkdir(folder.output, { recursive: true });
  const revision = bindingOf(row)?.suitesOf ?? null;
  if (revision === null) return;
  live.set(row, { note: 'Python environment' });
  await services.ensureEnvironment(librariesOf(row), options);
  live.set(row, { note: 'Files of the test data' });
  await mkdir(folder.workspace, { recursive: true });
  await services.testData.materialise(revision, folder.data, options);
}

/** A step could not do its work. Before Robot has ended that is the end of the run, with its reason; after it, the step is done again. */
async function breakOff(conducting: Conducting, row: RunRow, error: unknown): Promise<void> {
  const { services, leaving, cancel } = conducting;
  const known = asWorkbenchError(error);
  const stopped = cancel.aborted && row.state !== 'executing';
  if (known.code === 'INTERNAL' && !stopped) services.log.error('a step of a run failed', error, { run: row.id, state: row.state });
  if (row.state === 'tearingDown' || row.state === 'collecting') {
    await wait(AGAIN_MS, undefined, { signal: leaving }).catch(() => undefined);
    return;
  }
  const event: RunEvent = stopped ? 'stopped' : 'broke';
  const move = { id: row.id, at: services.clock.now(), event };
  if (stopped) return advance(conducting, { ...move, note: 'Stopped before Robot was started.' });
  await advance(conducting, { ...move, failure: { code: known.code, message: known.message, cause: causeOf(known) } });
}

/** Whose matter an error is: what the person set up, what they want to run, the machine, or we. */
function causeOf({ code }: WorkbenchError): Cause {
  if (code === 'DISK_FULL' || code === 'HOME_UNUSABLE' || code === 'INDEX_UNREACHABLE') return 'infrastructure';
  if (code === 'ROBOT_DATA' || code === 'NO_SUITES' || code === 'NOT_FOUND') return 'testData';
  if (code === 'PROVISIONING_FAILED' || code.startsWith('OOBM_')) return code === 'OOBM_UNSUPPORTED' ? 'configuration' : 'infrastructure';
  if (code === 'TIMEOUT') return 'timeout';
  return code === 'INTERNAL' ? 'internal' : 'configuration';
}
