import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { undoOf } from '../../../src-shared/model/provisioning.ts';
import { Recipe, type ProvisioningBinding } from '../../../src-shared/model/recipe.ts';
import { asWorkbenchError } from '../../errors.ts';
import { markDirty } from '../../store/installed.ts';
import { listEndedRunsOfMedia } from '../../store/library-media.ts';
import { addStep, listProvisionings, moveStep, type ProvisioningKey, type ProvisioningRow } from '../../store/provisionings.ts';
import { mediaFolder } from './media.ts';
import type { Actor, Deed, ProvisioningServices } from './provisioning-services.ts';

export interface TearDownTask {
  run: { id: string; number: number; name: string; folder: string };
  binding: ProvisioningBinding;
  /** Tests were run on the machines. */
  executed: boolean;
  /** The machines stay as they are, on and reserved. */
  keep: boolean;
  leaving: AbortSignal;
  onNote: (note: string) => void;
}

type UndoDeed = { what: string; deed: Deed<'power', 'set'> | Deed<'virtualMedia', 'eject'> | Deed<'bootDevice', 'set'> };

/** How often what has to be taken back is tried. */
const TRIES = 3;

/**
 * Takes back what the run did to its machines, whatever has happened to it. What cannot be taken back sets the machine aside, with the evidence.
 * It may be begun anew at any moment: each deed is harmless twice. Answers what went wrong, in words.
 */
export async function tearDownRun(services: ProvisioningServices, task: TearDownTask): Promise<string | null> {
  const { store, content, clock } = services;
  const recipe = Recipe.parse(JSON.parse(await content.read(task.binding.recipeSha256)));
  const rows = listProvisionings(store, task.run.number);
  const problems = await Promise.all(rows.map((row) => tearDownSut(services, task, { row, recipe })));
  // What a kept machine reads goes when its hold ends.
  if (!rows.some(({ sutId }) => services.staying.has({ run: task.run.number, sutId })))
    await rm(mediaFolder(task.run.folder), { recursive: true, force: true });
  if (task.executed && task.binding.leaves === 'dirty') for (const { sutId } of rows) markDirty(store, sutId, clock.now());
  return problems.flat().join(' ') || null;
}

/** Whether a machine that is kept after its run is to be switched off when nobody holds it any more: what its tear-down left out. */
export async function switchesOffKept(
  { store, content }: Pick<ProvisioningServices, 'store' | 'content'>,
  { run, binding }: { run: { number: number }; binding: ProvisioningBinding },
): Promise<boolean> {
  const recipe = Recipe.parse(JSON.parse(await content.read(binding.recipeSha256)));
  return listProvisionings(store, run.number).some((row) => isSwitchedOff(row, recipe));
}

/** At a start: what machines that are kept were told before the harness crashed is nowhere any more; secrets are in it. */
export async function forgetAnswers({ store }: Pick<ProvisioningServices, 'store'>, runsFolder: string): Promise<void> {
  for (const id of listEndedRunsOfMedia(store)) await rm(mediaFolder(join(runsFolder, id)), { recursive: true, force: true });
}

async function tearDownSut(
  services: ProvisioningServices,
  task: TearDownTask,
  { row, recipe }: { row: ProvisioningRow; recipe: Recipe },
): Promise<string[]> {
  const { store } = services;
  const key = { run: task.run.number, sutId: row.sutId };
  const served = task.keep && recipe.imageStays === true && services.staying.has(key);
  const deeds = deedsFor(row, recipe, { machine: task.keep, image: served });
  const problems: string[] = [];
  for (const [ordinal, { what, deed }] of deeds.entries()) {
    if (row.steps.some((step) => step.part === 'undo' && step.ordinal === ordinal && step.state === 'done')) continue;
    task.onNote(`${row.sutName}: ${what}`);
    addStep(store, key, { part: 'undo', ordinal, what });
    const problem = await undo(services, { key, ordinal, deed, task });
    if (task.leaving.aborted) return [];
    if (problem !== null) problems.push(`${row.sutName}: ${what}: ${problem}`);
  }
  if (served) keepServed(services, key, task.run.id);
  else await services.staying.end(store, key);
  if (problems.length > 0) {
    services.quarantine(
      row.sutId,
      `The run ${task.run.name} could not take back what it did. ${problems.join(' ')}`.slice(0, 4000),
      task.run.id,
    );
  }
  return problems;
}

/** As long as somebody holds the machine; what ends that hold takes the image out. */
function keepServed({ store, staying, keepMedia }: ProvisioningServices, key: ProvisioningKey, runId: string): void {
  const media = staying.handOver(key);
  if (media !== undefined) keepMedia({ sutId: key.sutId, runId, inserted: media.inserted, revoke: () => staying.end(store, key) });
}

/** First the power, so that nothing reads from what is ejected. A machine whose installation did not come to its end is switched off. */
function deedsFor({ sutId, state, steps }: ProvisioningRow, recipe: Recipe, keep: { machine: boolean; image: boolean }): UndoDeed[] {
  const recipeSteps = steps.filter(({ part }) => part === 'recipe');
  const begun = recipeSteps.flatMap(({ ordinal, state: at, tries }) => {
    const step = recipe.steps[ordinal];
    return step === undefined ? [] : [{ step, state: at, tries }];
  });
  const needed = undoOf(begun);
  const off = !keep.machine && isSwitchedOff({ state, steps }, recipe);
  // A live system runs from its image: it is lost when the image goes.
  const deeds: (UndoDeed | false)[] = [
    off && { what: 'Power off', deed: { sutId, capability: 'power', action: 'set', args: { action: 'off' }, what: 'power off' } },
    needed.includes('eject') &&
      !keep.image && {
        what: 'Eject the image',
        deed: { sutId, capability: 'virtualMedia', action: 'eject', args: {}, what: 'eject image' },
      },
    needed.includes('bootOrder') && {
      what: 'Restore the boot order',
      deed: { sutId, capability: 'bootDevice', action: 'set', args: { device: 'none', lasting: 'once' }, what: 'boot in its own order' },
    },
  ];
  return deeds.filter((each) => each !== false);
}

/** One that was touched, where the recipe says so or its installation did not come to its end. */
function isSwitchedOff({ state, steps }: Pick<ProvisioningRow, 'state' | 'steps'>, { powerAfter }: Recipe): boolean {
  const touched = steps.some(({ part, tries }) => part === 'recipe' && tries > 0);
  return touched && (powerAfter === 'off' || (state !== 'done' && state !== 'skipped'));
}

interface UndoTask {
  key: ProvisioningKey;
  ordinal: number;
  deed: UndoDeed['deed'];
  task: TearDownTask;
}

async function undo(services: ProvisioningServices, { key, ordinal, deed, task }: UndoTask): Promise<string | null> {
  const { store, clock, machines, paceMs } = services;
  const at = { ...key, part: 'undo', ordinal } as const;
  // The hold may be over already; until the lease is given back the machine is this run's all the same.
  const actor: Actor = { runId: task.run.id, who: `the run ${task.run.name}`, fence: null };
  for (let tries = 1; ; tries += 1) {
    moveStep(store, at, { event: 'began', at: clock.now() });
    try {
      await machines.change(deed as Deed<'power', 'set'>, actor);
      moveStep(store, at, { event: 'succeeded', at: clock.now() });
      return null;
    } catch (thrown) {
      const { message } = asWorkbenchError(thrown);
      if (task.leaving.aborted) return null;
      const last = tries === TRIES;
      moveStep(store, at, { event: last ? 'failed' : 'triedInVain', at: clock.now(), note: message });
      if (last) return message;
      await new Promise((resolve) => setTimeout(resolve, paceMs));
    }
  }
}
