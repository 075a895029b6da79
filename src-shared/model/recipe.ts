import { z } from 'zod';
import { BootDevice, PowerAction } from './machine.ts';
import { Name, Sha256 } from './text.ts';

const Seconds = z.number().positive().max(86_400);
/** A regular expression that the console is searched for; refused when it is none. */
const Pattern = z
  .string()
  .min(1)
  .max(500)
  .refine((text) => isPattern(text), 'This is no regular expression.');

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'mu').source !== '';
  } catch {
    return false;
  }
}

/** What every step may say. `limit`: seconds for one try; `tries`: how often it is tried before it has failed. */
const common = {
  name: z.string().trim().min(1).max(200).optional(),
  limit: Seconds.optional(),
  tries: z.number().int().min(1).max(20).default(1),
};
/** What fails a wait at once, on the console, besides what the recipe says for all steps. */
const waiting = { ...common, failOn: z.array(Pattern).max(50).default([]) };

export const RecipeStep = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('power'), action: PowerAction, ...common }),
  /** Puts the image of the run, or the image with the answers, into a virtual drive; no `drive`: the first that fits. */
  z.strictObject({
    do: z.literal('insert'),
    what: z.enum(['image', 'answers']).default('image'),
    drive: z.string().max(200).optional(),
    ...common,
  }),
  z.strictObject({ do: z.literal('eject'), drive: z.string().max(200).optional(), ...common }),
  z.strictObject({ do: z.literal('boot'), device: BootDevice, lasting: z.enum(['once', 'always']).default('once'), ...common }),
  /**
   * Starts from the network the next time, with the image of the run: a kernel with its RAM disks and these arguments, else a disk or program. `http`:
   * the firmware itself fetches the image from its address (UEFI HTTP boot).
   */
  z.strictObject({
    do: z.literal('networkBoot'),
    by: z.enum(['pxe', 'http']).default('pxe'),
    arguments: z.string().max(4000).default(''),
    ...common,
  }),
  z.strictObject({ do: z.literal('waitPower'), on: z.boolean(), ...waiting }),
  /** A TCP port of the machine that takes connections, at the address of its SSH endpoint or its field `address`. */
  z.strictObject({ do: z.literal('waitPort'), port: z.number().int().min(1).max(65_535), ...waiting }),
  /** A login by SSH with the account of the SUT's SSH endpoint. */
  z.strictObject({ do: z.literal('waitSsh'), ...waiting }),
  /** What the console says from the beginning of the provisioning on, or, with `fresh`, from the beginning of this step. */
  z.strictObject({ do: z.literal('waitConsole'), pattern: Pattern, fresh: z.boolean().default(false), ...waiting }),
  /** The machine asks for the address `{{ callBack.url }}`, which its answers or the words of a step name. */
  z.strictObject({ do: z.literal('waitCallBack'), ...waiting }),
  /** A command over SSH that must end with 0. It is never repeated when nobody knows whether it ran, unless it is `repeatable`. */
  z.strictObject({ do: z.literal('ssh'), command: z.string().min(1).max(10_000), repeatable: z.boolean().default(false), ...waiting }),
  /** A Robot suite of the test data, beside the recipe; its keywords reach the machine by the library ATN. */
  z.strictObject({
    do: z.literal('robot'),
    suite: z
      .string()
      .max(500)
      .regex(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[^/\\].*\.robot$/u, 'The path of a .robot file, from the folder of the recipe on.'),
    variables: z.record(z.string().regex(/^[A-Za-z]\w*$/u, 'A name of letters, digits and underscores.'), z.string().max(4000)).default({}),
    ...waiting,
  }),
]);
export type RecipeStep = z.infer<typeof RecipeStep>;

/** A file of the answers: `text` itself, or `template`, a file beside the recipe; both may use `{{ sut.name }}` and its like. */
export const AnswerFile = z
  .strictObject({
    path: z
      .string()
      .max(200)
      .regex(/^(?!.*(?:^|\/)\.\.?(?:\/|$))[\w.-]+(?:\/[\w.-]+)*$/u, 'A path of letters, digits, dot, dash and underscore.'),
    text: z.string().max(500_000).optional(),
    template: z.string().min(1).max(500).optional(),
  })
  .refine(({ text, template }) => (text === undefined) !== (template === undefined), 'A file has either text or template.');
export type AnswerFile = z.infer<typeof AnswerFile>;

/** Unattended answers: rendered for each SUT and put on a small image with this volume label. */
export const RecipeAnswers = z.strictObject({
  label: z.string().regex(/^[\w-]{1,16}$/u, 'A volume label has at most 16 letters, digits, dashes and underscores.'),
  files: z.array(AnswerFile).min(1).max(50),
});
export type RecipeAnswers = z.infer<typeof RecipeAnswers>;

/** Unattended answers that are there without test data; a recipe names one as `answers: { use: kickstart }`. */
export const READY_ANSWERS = ['kickstart', 'preseed', 'autoinstall', 'cloud-init', 'ignition', 'esxi'] as const;
export const ReadyAnswers = z.enum(READY_ANSWERS);
export type ReadyAnswers = z.infer<typeof ReadyAnswers>;

/** The steps that bring a machine into a wanted state. */
export const Recipe = z.strictObject({
  recipe: Name,
  doc: z.string().max(10_000).default(''),
  /** Whether a run must name an image for it. */
  image: z.enum(['needed', 'none']).default('needed'),
  answers: RecipeAnswers.nullable().default(null),
  /** Of the operating system that comes: `new` is accepted at its first login after the installation, `same` must be the known one. */
  hostKey: z.enum(['new', 'same']).default('same'),
  /** On the console, in any step: it has failed, whatever the time limits say. */
  failOn: z.array(Pattern).max(50).default([]),
  steps: z.array(RecipeStep).min(1).max(100),
  /** The machine runs from its image: what was handed to it can be read until the run is over, not only until it is provisioned. */
  imageStays: z.boolean().optional(),
  /** What becomes of the machine's power when the run is over. */
  powerAfter: z.enum(['leave', 'off']).default('leave'),
});
export type Recipe = z.infer<typeof Recipe>;

/** Where a recipe comes from: it is part of the product, or a file of test data. */
export const RecipeSummary = z.object({
  /** What a plan or request names: a word for a built-in one, else the path in the test data. */
  ref: z.string(),
  name: Name,
  doc: z.string(),
  builtIn: z.boolean(),
  image: z.enum(['needed', 'none']),
  steps: z.array(z.string()),
  answers: z.array(z.string()),
  /** Why it cannot be used. */
  problem: z.string().nullable(),
});
export type RecipeSummary = z.infer<typeof RecipeSummary>;

export const ProvisionWhen = z.enum(['never', 'whenDifferent', 'always']);
export type ProvisionWhen = z.infer<typeof ProvisionWhen>;

/** Where a run fetches its image from when the library has not got it. Only by its sha256 it is known beforehand which image that is. */
export const ImageSource = z.object({ url: z.string().trim().min(1).max(2000), sha256: Sha256 });
export type ImageSource = z.infer<typeof ImageSource>;

/** What a plan or a request says about provisioning. */
export const ProvisioningChoice = z.object({
  /** Name of an image of the library; null for recipes that need none, and with a source: it is called by the file's name. */
  image: Name.nullable().default(null),
  imageSource: ImageSource.optional(),
  recipe: z.string().min(1).max(500).default('virtual-media'),
  /** Ready-made answers in the place of the recipe's; null: its own, if it has any. */
  answers: ReadyAnswers.nullable().default(null),
  when: ProvisionWhen.default('whenDifferent'),
  /** The machine stays as it is, on and reserved, after the run. */
  keep: z
    .object({ when: z.enum(['never', 'onFailure', 'always']), minutes: z.number().int().min(1).max(43_200) })
    .default({ when: 'never', minutes: 60 }),
  /** Whether tests leave the machine as it was installed, so that a later run may skip the installation. */
  leaves: z.enum(['clean', 'dirty']).default('clean'),
});
export type ProvisioningChoice = z.infer<typeof ProvisioningChoice>;

/** What a run is bound to: exactly this recipe and this image, whatever their names mean later. */
export const ProvisioningBinding = ProvisioningChoice.omit({ image: true }).extend({
  recipeName: Name,
  /** Of the recipe as it was, templates included. */
  recipeSha256: Sha256,
  image: z.object({ name: Name, sha256: Sha256 }).nullable(),
  /** The revision that the suites among its steps are part of; left out when there are none. */
  suitesOf: Sha256.optional(),
});
export type ProvisioningBinding = z.infer<typeof ProvisioningBinding>;

/** A step in words. */
export function sayStep(step: RecipeStep): string {
  if (step.name !== undefined) return step.name;
  switch (step.do) {
    case 'power':
      return step.action === 'soft' ? 'Ask to shut down' : `Power ${step.action}`;
    case 'insert':
      return step.what === 'image' ? 'Insert the image' : 'Insert the answers';
    case 'eject':
      return 'Eject';
    case 'boot':
      return step.device === 'none' ? 'Boot in its own order' : `Boot from ${step.device} ${step.lasting}`;
    case 'networkBoot':
      return 'Boot the image from the network once';
    case 'waitPower':
      return `Wait until it is ${step.on ? 'on' : 'off'}`;
    case 'waitPort':
      return `Wait for port ${step.port}`;
    case 'waitSsh':
      return 'Wait for a login by SSH';
    case 'waitConsole':
      return `Wait for “${step.pattern}” on the console`;
    case 'waitCallBack':
      return 'Wait until the machine calls back';
    case 'robot':
      return `Run the suite ${step.suite}`;
    case 'ssh':
      return `Run ${step.command.split('\n')[0] ?? ''}`;
  }
}
