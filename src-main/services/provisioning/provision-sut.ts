import { currentStep, undoOf, type ProvisionStep } from '../../../src-shared/model/provisioning.ts';
import { sayStep, type ProvisioningBinding, type Recipe, type RecipeStep } from '../../../src-shared/model/recipe.ts';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import { forgetInstalled, saveInstalled } from '../../store/installed.ts';
import { beginProvisioning, findProvisioning, moveStep, updateProvisioning, type ProvisioningKey } from '../../store/provisionings.ts';
import type { SutRow } from '../../store/suts.ts';
import { ConsoleWatch } from './console-watch.ts';
import { CONSOLE_WAYS } from './bind-provisioning.ts';
import { doStep, wasDone, type StepContext } from './do-step.ts';
import { wordsOf } from './answers/make-answers.ts';
import { keepConsole } from './keep-console.ts';
import { Media, mediaFolder } from './media.ts';
import type { Actor, ProvisioningServices, ProvisioningSuites } from './provisioning-services.ts';

export interface SutTask {
  run: { id: string; number: number; folder: string };
  sut: SutRow;
  binding: ProvisioningBinding;
  recipe: Recipe;
  suites: ProvisioningSuites;
  answersSha256: string | null;
  /** Where the verified image lies. */
  imageFile: string | null;
  actor: Actor;
  signal: AbortSignal;
  /** The harness closes: everything is left as it is. */
  leaving: AbortSignal;
  onChange: () => void;
}

/** After a restart what was served is gone: then it begins anew, once. */
const MOST_ROUNDS = 2;
/** Steps after which the machine reads from this process. */
const SERVED: readonly string[] = ['insert', 'networkBoot', 'waitCallBack'];
const isServed = (step: RecipeStep | undefined, { image }: Recipe): boolean =>
  step !== undefined &&
  (SERVED.includes(step.do) || (step.do === 'robot' && image === 'needed') || /\b(?:answers|callBack)\.url\b/u.test(wordsOf(step) ?? ''));

/** For a console to open before the first step. */
const CONSOLE_LIMIT_MS = 5000;
const hasConsole = ({ endpoints }: SutRow): boolean => endpoints.some(({ provider }) => CONSOLE_WAYS.includes(provider));

/** Brings one machine into the wanted state, or goes on where a harness before this one was. Throws when it cannot. */
export async function provisionSut(services: ProvisioningServices, task: SutTask): Promise<void> {
  const { run, sut, recipe } = task;
  const key = { run: run.number, sutId: sut.id };
  const console = new ConsoleWatch(services, sut.id);
  const image = task.binding.image === null || task.imageFile === null ? null : { ...task.binding.image, file: task.imageFile };
  const media = new Media({ services, recipe, sut, actor: task.actor, image, folder: mediaFolder(run.folder) });
  const signal = AbortSignal.any([task.signal, task.leaving]);
  const context: StepContext = {
    services,
    recipe,
    sut,
    actor: task.actor,
    console,
    consoleBegan: console.end,
    media,
    signal,
    leaving: task.leaving,
    shouldBeOn: false,
    seenOn: false,
    suites: task.suites,
  };
  try {
    await resume(services, key, task);
    if (hasConsole(sut)) await console.opened(CONSOLE_LIMIT_MS, signal);
    await allSteps(context, key, task);
    succeed(services, key, task);
  } catch (thrown) {
    if (task.leaving.aborted) throw thrown;
    const error = asWorkbenchError(thrown);
    giveUp(services, key, task.signal.aborted ? { state: 'stopped', note: 'Stopped.' } : { state: 'failed', note: error.message });
    throw error;
  } finally {
    console.close();
    // First: whatever happens to the report, nothing may be read from here any more.
    if (!task.leaving.aborted) await closeUnlessItStays(services, key, { media, recipe, keep: task.binding.keep.when });
    await keepConsole(run.folder, sut.name, console).catch((error: unknown) =>
      services.log.warn('the console of a machine could not be put into the report', { run: run.id, sut: sut.name, reason: String(error) }),
    );
    if (media.fetched !== null) updateProvisioning(services.store, key, { fetchedBytes: media.fetched });
    task.onChange();
  }
}

async function closeUnlessItStays(
  { store, staying }: ProvisioningServices,
  key: ProvisioningKey,
  { media, recipe, keep }: { media: Media; recipe: Recipe; keep: ProvisioningBinding['keep']['when'] },
): Promise<void> {
  const mayBeKept = keep !== 'never'; // also one that failed half-way, for somebody to look at
  if (recipe.imageStays === true && (mayBeKept || findProvisioning(store, key)?.state === 'done')) staying.keep(key, media);
  else await media.close();
}

function giveUp({ store, clock }: ProvisioningServices, key: ProvisioningKey, end: { state: 'stopped' | 'failed'; note: string }): void {
  const at = clock.now();
  store.transaction(() => {
    for (const { part, ordinal, state } of findProvisioning(store, key)?.steps ?? []) {
      if (part === 'recipe' && state === 'waiting') moveStep(store, { ...key, part, ordinal }, { event: 'passedOver', at });
    }
    updateProvisioning(store, key, { ...end, endedAt: at });
  })();
}

/** The first time: everything is to be done. After a restart: what was under way is unknown, what was served is not there any more. */
async function resume(services: ProvisioningServices, key: ProvisioningKey, task: SutTask): Promise<void> {
  const { sut, recipe, answersSha256, onChange } = task;
  const { store, clock } = services;
  const before = findProvisioning(store, key);
  const begin = (round: number, note: string | null): void => {
    store.transaction(() => {
      forgetInstalled(store, sut.id);
      beginProvisioning(store, key, {
        sutName: sut.name,
        state: 'running',
        note,
        round,
        answersSha256,
        at: clock.now(),
        steps: recipe.steps.map(sayStep),
      });
    })();
  };
  const steps = before?.steps.filter(({ part }) => part === 'recipe') ?? [];
  if (before?.state !== 'running' || steps.length === 0) begin(1, null);
  else {
    for (const { part, ordinal, state } of steps) {
      if (state === 'running')
        moveStep(store, { ...key, part, ordinal }, { event: 'lost', at: clock.now(), note: 'The workbench ended meanwhile.' });
    }
    const served = steps.some(({ state, ordinal }) => state !== 'waiting' && isServed(recipe.steps[ordinal], recipe));
    if (served && before.round >= MOST_ROUNDS)
      throw new WorkbenchError(
        'PROVISIONING_FAILED',
        'The workbench ended twice while the machine read from it. Nobody knows what is on its disk.',
      );
    if (served) await clearAway(services, task, steps);
    if (served) begin(before.round + 1, 'Begun anew, because the workbench ended while the machine read from it.');
  }
  onChange();
}

/** Before the first step touches the machine again: the suite that goes on by itself, and the images that are in the way of the next ones. */
async function clearAway(
  services: ProvisioningServices,
  { sut, recipe, actor, suites }: SutTask,
  steps: readonly ProvisionStep[],
): Promise<void> {
  await suites.end(sut.id);
  const begun = steps.flatMap(({ ordinal, state, tries }) => {
    const step = recipe.steps[ordinal];
    return step === undefined ? [] : [{ step, state, tries }];
  });
  if (!undoOf(begun).includes('eject')) return;
  const deed = { sutId: sut.id, capability: 'virtualMedia', action: 'eject', args: {}, what: 'eject image' } as const;
  await services.machines.change(deed, actor).catch((error: unknown) => {
    throw new WorkbenchError('PROVISIONING_FAILED', `Eject the image: ${asWorkbenchError(error).message}`, { cause: error });
  });
}

async function allSteps(context: StepContext, key: ProvisioningKey, task: SutTask): Promise<void> {
  for (;;) {
    const steps = findProvisioning(context.services.store, key)?.steps.filter(({ part }) => part === 'recipe') ?? [];
    context.signal.throwIfAborted();
    const index = currentStep(steps.map(({ state }) => state));
    const step = index === null ? undefined : task.recipe.steps[index];
    if (index === null || step === undefined) return;
    context.shouldBeOn = isOnBefore(task.recipe.steps.slice(0, index));
    if (steps[index]?.state === 'unknown') await verify(context, { ...key, part: 'recipe', ordinal: index }, step);
    else await oneTry(context, { ...key, part: 'recipe', ordinal: index }, { step, triesBefore: steps[index]?.tries ?? 0 });
    if (context.media.fetched !== null) updateProvisioning(context.services.store, key, { fetchedBytes: context.media.fetched });
    task.onChange();
  }
}

type StepKey = ProvisioningKey & { part: 'recipe'; ordinal: number };

async function oneTry(context: StepContext, key: StepKey, { step, triesBefore }: { step: RecipeStep; triesBefore: number }): Promise<void> {
  const { services, signal } = context;
  const { store, clock, changes } = services;
  moveStep(store, key, { event: 'began', at: clock.now() });
  changes.emit('runs:changed', { ids: [context.actor.runId], removed: [] });
  try {
    const note = await orLeaving(doStep(context, step, key.ordinal), context.leaving);
    moveStep(store, key, { event: 'succeeded', at: clock.now(), note: note === '' ? null : note });
  } catch (thrown) {
    const error = asWorkbenchError(thrown);
    if (signal.aborted) {
      if (!context.leaving.aborted) moveStep(store, key, { event: 'failed', at: clock.now(), note: 'Stopped.' });
      throw error;
    }
    const again = triesBefore + 1 < step.tries && isWorthAgain(error);
    moveStep(store, key, { event: again ? 'triedInVain' : 'failed', at: clock.now(), note: error.message });
    if (!again) throw failure(step, error);
    await new Promise((resolve) => setTimeout(resolve, services.paceMs));
  }
}

/** A command that does not answer must not hold up the end of the workbench: what became of it is looked at afterwards. */
async function orLeaving<T>(work: Promise<T>, leaving: AbortSignal): Promise<T> {
  const over = new AbortController();
  const left = new Promise<never>((_resolve, reject) => {
    const leave = (): void => reject(new WorkbenchError('CANCELLED'));
    leaving.addEventListener('abort', leave, { signal: over.signal });
    if (leaving.aborted) leave();
  });
  try {
    return await Promise.race([work, left]);
  } finally {
    over.abort();
  }
}

/** What a person has to change first is not tried again. */
function isWorthAgain({ code }: WorkbenchError): boolean {
  return code !== 'BAD_REQUEST' && code !== 'NOT_RESERVED' && code !== 'OOBM_UNSUPPORTED' && code !== 'OOBM_IDENTITY';
}

function failure(step: RecipeStep, error: WorkbenchError): WorkbenchError {
  const message = `${sayStep(step)}: ${error.message}`;
  const code = error.code === 'BAD_REQUEST' || error.code === 'OOBM_UNSUPPORTED' ? error.code : 'PROVISIONING_FAILED';
  return new WorkbenchError(code, message, { details: error.data.details, cause: error });
}

async function verify(context: StepContext, key: StepKey, step: RecipeStep): Promise<void> {
  const { store, clock } = context.services;
  const done = await wasDone(context, step, key.ordinal).catch((thrown: unknown) => {
    const error = asWorkbenchError(thrown);
    if (context.leaving.aborted) throw error;
    moveStep(store, key, { event: 'failed', at: clock.now(), note: context.signal.aborted ? 'Stopped.' : error.message });
    throw failure(step, error);
  });
  if (done === null) {
    const note = 'The workbench ended while this was done. Whether it was, nobody can tell, and it is not done twice.';
    moveStep(store, key, { event: 'failed', at: clock.now(), note });
    throw new WorkbenchError('PROVISIONING_FAILED', `${sayStep(step)}: ${note}`);
  }
  moveStep(store, key, { event: done ? 'verified' : 'foundUndone', at: clock.now() });
}

/** What the steps so far have done to its power. */
function isOnBefore(steps: readonly RecipeStep[]): boolean {
  let on = false;
  for (const step of steps) {
    if (step.do === 'power') on = step.action === 'on' || step.action === 'cycle' || step.action === 'reset';
    if (step.do === 'waitPower') on = step.on;
    if (step.do === 'robot') on = false; // a suite switches as it likes
  }
  return on;
}

function succeed(
  { store, clock }: ProvisioningServices,
  key: ProvisioningKey,
  { run, sut, binding, recipe, answersSha256 }: SutTask,
): void {
  const at = clock.now();
  store.transaction(() => {
    const { image, recipeSha256 } = binding;
    saveInstalled(store, { sutId: sut.id, image, recipe: recipe.recipe, recipeSha256, answersSha256, at, runId: run.id });
    updateProvisioning(store, key, { state: 'done', endedAt: at });
  })();
}
