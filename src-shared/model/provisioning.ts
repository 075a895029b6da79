import { z } from 'zod';
import type { RecipeStep } from './recipe.ts';
import { Id, Name, Sha256, Timestamp } from './text.ts';

/**
 * A step of a provisioning. `unknown`: the harness ended while it was under way, so nobody knows yet whether it was done. `left`: it was not
 * reached.
 */
export const PROVISION_STEP_STATES = ['waiting', 'running', 'done', 'failed', 'unknown', 'left'] as const;
export const ProvisionStepState = z.enum(PROVISION_STEP_STATES);
export type ProvisionStepState = z.infer<typeof ProvisionStepState>;

export const PROVISION_STEP_EVENTS = [
  'began',
  'succeeded',
  'triedInVain',
  'failed',
  'lost',
  'verified',
  'foundUndone',
  'passedOver',
] as const;
export type ProvisionStepEvent = (typeof PROVISION_STEP_EVENTS)[number];

/** The only authority on how a step moves. What is `done` is never done again; what is `unknown` is looked at before anything else. */
const TRANSITIONS: Readonly<Record<ProvisionStepState, Partial<Readonly<Record<ProvisionStepEvent, ProvisionStepState>>>>> = {
  waiting: { began: 'running', passedOver: 'left' },
  running: { succeeded: 'done', triedInVain: 'waiting', failed: 'failed', lost: 'unknown' },
  unknown: { verified: 'done', foundUndone: 'waiting', failed: 'failed' },
  done: {},
  failed: {},
  left: {},
};

export function nextProvisionState(state: ProvisionStepState, event: ProvisionStepEvent): ProvisionStepState | null {
  return TRANSITIONS[state][event] ?? null;
}

/** What is to be done now: the first step that is neither done nor left; null when all are, or one has failed. */
export function currentStep(states: readonly ProvisionStepState[]): number | null {
  const index = states.findIndex((state) => state !== 'done' && state !== 'left');
  return index === -1 || states[index] === 'failed' ? null : index;
}

export type Undo = 'eject' | 'bootOrder';

/** What must be taken back at the end: a step that was begun may have been done, whatever became known of it. */
export function undoOf(steps: readonly { step: Pick<RecipeStep, 'do'>; state: ProvisionStepState; tries: number }[]): Undo[] {
  const begun = steps.filter(({ state, tries }) => tries > 0 || (state !== 'waiting' && state !== 'left'));
  const needs = (...kinds: RecipeStep['do'][]) => begun.some(({ step }) => kinds.includes(step.do));
  return [...(needs('insert') ? (['eject'] as const) : []), ...(needs('boot', 'networkBoot') ? (['bootOrder'] as const) : [])];
}

export const ProvisionStep = z.object({
  ordinal: z.number().int(),
  /** `undo`: it belongs to the tear-down. */
  part: z.enum(['recipe', 'undo']),
  what: z.string(),
  state: ProvisionStepState,
  tries: z.number().int(),
  startedAt: Timestamp.nullable(),
  endedAt: Timestamp.nullable(),
  /** What it does now, or how it came out. */
  note: z.string().nullable(),
});
export type ProvisionStep = z.infer<typeof ProvisionStep>;

/** The provisioning of one SUT by one run. */
export const Provisioning = z.object({
  sutId: Id,
  sutName: Name,
  /** `skipped`: it was in the wanted state, and `note` says since when. */
  state: z.enum(['waiting', 'running', 'done', 'skipped', 'failed', 'stopped']),
  note: z.string().nullable(),
  steps: z.array(ProvisionStep),
  /** Bytes that the machine fetched; null where nothing was served. */
  fetchedBytes: z.number().int().nullable(),
  startedAt: Timestamp,
  endedAt: Timestamp.nullable(),
});
export type Provisioning = z.infer<typeof Provisioning>;

/** What is on a SUT, as far as the harness has put it there. */
export const Installed = z.object({
  sutId: Id,
  image: z.object({ name: Name, sha256: Sha256 }).nullable(),
  recipe: Name,
  recipeSha256: Sha256,
  /** Of the answers as they were rendered, secrets by reference. */
  answersSha256: Sha256.nullable(),
  at: Timestamp,
  runId: Id,
  /** A run that was said to leave traces was executed on it after that. */
  dirtySince: Timestamp.nullable(),
});
export type Installed = z.infer<typeof Installed>;

/** Why a machine has to be provisioned, or, as `skip`, why not. */
export function needOf(
  wanted: {
    when: 'never' | 'whenDifferent' | 'always';
    image: { name: string; sha256: string } | null;
    recipeSha256: string;
    answersSha256: string | null;
  },
  installed: Installed | undefined,
): { skip: boolean; why: string } {
  if (wanted.when === 'never') return { skip: true, why: 'The machine is taken as it is: provisioning is switched off.' };
  if (wanted.when === 'always') return { skip: false, why: 'Always provisioned, as was asked for.' };
  if (installed === undefined) return { skip: false, why: 'What is on the machine is not known.' };
  if (installed.image?.sha256 !== wanted.image?.sha256)
    return { skip: false, why: `It has ${installed.image?.name ?? 'no image'}, another one is wanted.` };
  if (installed.recipeSha256 !== wanted.recipeSha256) return { skip: false, why: 'It was installed by another recipe.' };
  if (installed.answersSha256 !== wanted.answersSha256) return { skip: false, why: 'It was installed with other answers.' };
  if (installed.dirtySince !== null) return { skip: false, why: 'A run has changed it since it was installed.' };
  return { skip: true, why: `It has ${wanted.image?.name ?? 'what this recipe brings'} already, by the same recipe and answers.` };
}
