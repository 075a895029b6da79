import { readExitFile, runFolder } from '../../robot/run-files.ts';
import type { ProvisioningBinding } from '../../../src-shared/model/recipe.ts';
import type { Verdict } from '../../../src-shared/model/run-states.ts';
import { bindingOf, listPhases, type RunRow } from '../../store/runs.ts';
import { boundSuts } from './bound-suts.ts';
import { advance, advanceUnlessStopped, folderOf, type Conducting } from './conducting.ts';
import { openAccess } from './execute-run.ts';
import { endSuites, provisioningSuites } from './provisioning-suites.ts';
import { announce, type ProvisioningTask } from './run-services.ts';

/** Brings the machines of a run into the state that its tests want; goes on with what a harness before this one had begun. */
export async function provisionStep(conducting: Conducting, row: RunRow): Promise<void> {
  const { services, cancel } = conducting;
  const task = taskOf(conducting, row);
  if (task === null)
    return advanceUnlessStopped(conducting, row, { event: 'provisioned', outcome: 'skipped', note: 'No image asked for.' });
  if (row.stop_requested_at !== null) return advanceUnlessStopped(conducting, row, { event: 'provisioned' });
  const done = await withAccess(conducting, row, async () =>
    services.provisioning.provision({
      ...{ ...task, cancel, onChange: () => announce(services, [row.id]) },
      ...{ suts: await boundSuts(services, row), suites: provisioningSuites(conducting, row) },
    }),
  );
  const suts = (await boundSuts(services, row)).map(({ id }) => id);
  services.changes.emit('suts:changed', { ids: suts, removed: [] });
  await advanceUnlessStopped(conducting, row, { event: 'provisioned', ...done });
}

/** Suites that are steps of the recipe reach the machines as tests do. */
async function withAccess<T>({ services, leaving }: Conducting, row: RunRow, work: () => Promise<T>): Promise<T> {
  if (bindingOf(row)?.suitesOf == null) return work();
  await openAccess(services, row);
  try {
    return await work();
  } finally {
    // A suite goes on while the workbench starts anew, and waits for the new address.
    if (!leaving.aborted) await services.access.close(row.id);
  }
}

/** Takes back what was done to the machines; what could not be is said, and sets the machine aside, but never keeps the run from its end. */
export async function tearDownStep(conducting: Conducting, row: RunRow): Promise<void> {
  const { services, leaving } = conducting;
  const task = taskOf(conducting, row);
  const at = (): { id: string; at: number } => ({ id: row.id, at: services.clock.now() });
  const reached = listPhases(services.store, row.number).some(({ state }) => state === 'executing');
  const executed = reached && row.purpose === 'test';
  const exit = await readExitFile(runFolder(folderOf(services, row.id)).exit);
  const wentWell = row.failure_code === null && (row.purpose === 'provision' ? reached : exit?.how === 'exited' && exit.exitCode === 0);
  const stopped = row.stop_requested_at !== null && exit?.how !== 'exited' && !wentWell;
  const keep = task !== null && keepsMachines(task.binding.keep.when, stopped ? 'stopped' : wentWell ? 'passed' : 'failed');
  await endSuites(conducting, row);
  if (leaving.aborted) return;
  const undone = task === null ? null : await services.provisioning.tearDown({ ...task, executed, keep });
  const left = keep || leaving.aborted ? null : await services.takeOutMedia(row);
  const problem = [undone, left].filter((each) => each !== null).join(' ') || null;
  if (leaving.aborted) return;
  await advance(conducting, { ...at(), event: 'tornDown', ...(problem === null ? {} : { outcome: 'failed', note: problem }) });
}

/** Whether machines stay as the run left them, on and reserved, for somebody to look at. */
export function keepsMachines(when: ProvisioningBinding['keep']['when'], verdict: Verdict): boolean {
  return when === 'always' ? verdict !== 'stopped' : when === 'onFailure' && (verdict === 'failed' || verdict === 'error');
}

function taskOf({ services, live, leaving }: Conducting, row: RunRow): ProvisioningTask | null {
  const binding = bindingOf(row);
  if (binding === null) return null;
  const run = { id: row.id, number: row.number, name: row.name, folder: folderOf(services, row.id) };
  return { run, binding, leaving, onNote: (note) => live.set(row, { note }) };
}
