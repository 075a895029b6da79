import { needOf } from '../../../src-shared/model/provisioning.ts';
import { Recipe, type ProvisioningBinding } from '../../../src-shared/model/recipe.ts';
import { asWorkbenchError } from '../../errors.ts';
import { findInstalled } from '../../store/installed.ts';
import { listLeases } from '../../store/leases.ts';
import { beginProvisioning, findProvisioning } from '../../store/provisionings.ts';
import type { SutRow } from '../../store/suts.ts';
import { hashAnswers } from './answers/make-answers.ts';
import { provisionSut, type SutTask } from './provision-sut.ts';
import type { ProvisioningServices, ProvisioningSuites } from './provisioning-services.ts';
import { fetchWantedImage, type ReadyOptions } from './wanted-image.ts';

export interface RunTask {
  run: { id: string; number: number; name: string; folder: string };
  binding: ProvisioningBinding;
  /** As they were bound; those of the role `environment` are never touched. */
  suts: readonly SutRow[];
  suites: ProvisioningSuites;
  cancel: AbortSignal;
  leaving: AbortSignal;
  onNote: (note: string) => void;
  onChange: () => void;
}

/**
 * Before any machine is touched: fetches what is still missing, reads what the run is bound to and hashes the image from its first byte to its
 * last. Throws when one of them cannot be had or is not what it was.
 */
export async function makeReady(services: ProvisioningServices, binding: ProvisioningBinding, options: ReadyOptions): Promise<void> {
  const { image, recipeSha256 } = binding;
  Recipe.parse(JSON.parse(await services.content.read(recipeSha256)));
  if (image === null) return;
  await fetchWantedImage(services, binding, options);
  options.onNote(`Image ${image.name}, every byte of it`);
  await services.images.verified(image.sha256, AbortSignal.any([options.cancel, options.leaving]));
}

/** Brings every SUT of a run into the wanted state, all at the same time; throws what the first of them failed with, after the others have ended. */
export async function provisionRun(services: ProvisioningServices, task: RunTask): Promise<{ outcome: 'done' | 'skipped'; note: string }> {
  const tested = task.suts.filter(({ role }) => role === 'sut');
  const recipe = Recipe.parse(JSON.parse(await services.content.read(task.binding.recipeSha256)));
  const decided = await Promise.all(tested.map((sut) => decide(services, task, { sut, recipe })));
  const needed = decided.filter(({ skip }) => !skip);
  if (needed.length === 0)
    return { outcome: 'skipped', note: decided.map(({ sut, why }) => `${sut.name}: ${why}`).join(' ') || 'There is no SUT.' };
  task.onNote(needed.map(({ sut, why }) => `${sut.name}: ${why}`).join(' '));
  const imageFile = task.binding.image === null ? null : await services.images.verified(task.binding.image.sha256, task.cancel);
  const siblings = new AbortController();
  const signal = AbortSignal.any([task.cancel, siblings.signal]);
  const ended = await Promise.allSettled(
    needed.map(async ({ sut, answersSha256 }) => {
      try {
        await provisionSut(services, { ...taskFor(services, task, sut), recipe, answersSha256, imageFile, signal });
      } catch (error) {
        siblings.abort(); // the run cannot begin without it, so the others need not go on
        throw error;
      }
    }),
  );
  const failed = ended.flatMap((one, index) =>
    one.status === 'rejected' ? [{ name: needed[index]?.sut.name ?? '', error: asWorkbenchError(one.reason) }] : [],
  );
  const [first] = failed.filter(({ error }) => error.code !== 'CANCELLED' && error.code !== 'INTERNAL').concat(failed);
  if (first !== undefined) {
    first.error.message = `${first.name}: ${first.error.message}`;
    throw first.error;
  }
  return {
    outcome: 'done',
    note: `${needed.map(({ sut }) => sut.name).join(', ')} ${needed.length === 1 ? 'is' : 'are'} in the wanted state.`,
  };
}

interface Decided {
  sut: SutRow;
  skip: boolean;
  why: string;
  answersSha256: string | null;
}

async function decide(
  services: ProvisioningServices,
  { run, binding, onChange }: RunTask,
  { sut, recipe }: { sut: SutRow; recipe: Recipe },
): Promise<Decided> {
  const { store, clock } = services;
  const answersSha256 = await hashAnswers(services, { recipe, sut, image: binding.image });
  const key = { run: run.number, sutId: sut.id };
  // Begun by a harness before this one: it goes on.
  if (findProvisioning(store, key)?.state === 'running') return { sut, answersSha256, skip: false, why: 'Goes on after a restart.' };
  const need = needOf({ ...binding, answersSha256 }, findInstalled(store, sut.id));
  if (need.skip) {
    beginProvisioning(store, key, {
      sutName: sut.name,
      state: 'skipped',
      note: need.why,
      round: 1,
      answersSha256,
      at: clock.now(),
      steps: [],
    });
    onChange();
  }
  return { sut, answersSha256, ...need };
}

function taskFor(
  services: ProvisioningServices,
  { run, binding, suites, leaving, onChange }: RunTask,
  sut: SutRow,
): Omit<SutTask, 'recipe' | 'answersSha256' | 'imageFile' | 'signal'> {
  const fence = listLeases(services.store).find((lease) => lease.runId === run.id && lease.sutId === sut.id)?.token ?? null;
  return { run, sut, binding, suites, leaving, onChange, actor: { runId: run.id, who: `the run ${run.name}`, fence } };
}
