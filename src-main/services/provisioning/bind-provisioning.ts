import type { PreflightReason } from '../../../src-shared/model/preflight.ts';
import {
  sayStep,
  type ProvisioningBinding,
  type ProvisioningChoice,
  type Recipe,
  type RecipeStep,
} from '../../../src-shared/model/recipe.ts';
import { asWorkbenchError } from '../../errors.ts';
import type { SutRow } from '../../store/suts.ts';
import { whyUnknown } from './boot-target.ts';
import { previewAnswers } from './answers/make-answers.ts';
import type { KnownImage, ProvisioningServices } from './provisioning-services.ts';
import { readRecipe } from './read-recipe.ts';

export interface WantedProvisioning {
  choice: ProvisioningChoice;
  /** The revision that recipes are looked for in; null: only built-in ones. */
  revision: string | null;
  suts: readonly SutRow[];
}

type Reason = Pick<PreflightReason, 'code' | 'message' | 'subject'>;
interface Examined {
  reasons: Reason[];
  recipe: Recipe | null;
  image: KnownImage | null;
}

/** Every reason why these machines cannot be provisioned like this. */
export async function examineProvisioning(
  services: ProvisioningServices,
  { choice, revision, suts }: WantedProvisioning,
): Promise<Examined> {
  const reasons: Reason[] = [];
  const recipe = await readRecipe(services, { ref: choice.recipe, of: revision, answers: choice.answers }).catch((error: unknown) => {
    reasons.push({ code: 'RECIPE_BROKEN', message: asWorkbenchError(error).message, subject: choice.recipe });
    return null;
  });
  const image = choice.image === null ? null : (services.images.find(choice.image) ?? null);
  if (choice.image !== null && image === null)
    reasons.push({
      code: 'IMAGE_MISSING',
      message: `There is no image ${choice.image} on this harness. Import it, or choose another.`,
      subject: choice.image,
    });
  if (recipe === null) return { reasons, recipe, image };
  if (recipe.image === 'needed' && choice.image === null)
    reasons.push({ code: 'IMAGE_MISSING', message: `The recipe ${recipe.recipe} needs an image. Choose one.`, subject: choice.recipe });
  const tested = suts.filter(({ role }) => role === 'sut');
  if (tested.length === 0)
    reasons.push({
      code: 'SUTS_TOO_FEW',
      message: 'There is no SUT to provision. Choose one, or take the machines as they are.',
      subject: 'provisioning',
    });
  for (const sut of tested) {
    for (const message of missingWays(recipe, sut)) reasons.push({ code: 'SUT_WRONG_KIND', message, subject: sut.name });
    const broken = (message: string) =>
      reasons.push({ code: 'RECIPE_BROKEN', message: `For ${sut.name}: ${message}`, subject: choice.recipe });
    const files = await previewAnswers(services, { recipe, sut, image }).catch((error: unknown) => {
      broken(asWorkbenchError(error).message);
      return [];
    });
    for (const { path, problems } of files)
      for (const { line, message } of problems) broken(`${path}${line === null ? '' : `, line ${line}`}: ${message}`);
  }
  return { reasons, recipe, image };
}

/** What the run is bound to, whatever files and names mean later. Throws nothing that the examination did not say. */
export async function bindProvisioning(services: ProvisioningServices, wanted: WantedProvisioning): Promise<ProvisioningBinding | null> {
  const { recipe, image } = await examineProvisioning(services, wanted);
  if (recipe === null) return null;
  const { recipe: ref, answers, when, keep, leaves } = wanted.choice;
  return {
    ...{ recipe: ref, answers, when, keep, leaves },
    recipeName: recipe.recipe,
    recipeSha256: await services.content.put(JSON.stringify(recipe)),
    image: image === null ? null : { name: image.name, sha256: image.sha256 },
    ...(wanted.revision !== null && recipe.steps.some((step) => step.do === 'robot') ? { suitesOf: wanted.revision } : {}),
  };
}

type Needed = 'power' | 'virtualMedia' | 'bootDevice' | 'shell' | 'console';
const NEEDS: Readonly<Record<RecipeStep['do'], Needed | null>> = {
  power: 'power',
  insert: 'virtualMedia',
  eject: 'virtualMedia',
  boot: 'bootDevice',
  networkBoot: 'bootDevice',
  waitPower: 'power',
  waitPort: null,
  waitSsh: 'shell',
  waitConsole: 'console',
  waitCallBack: null,
  ssh: 'shell',
  robot: null,
};
/** What a way to a machine can have at all; what this one really has shows when it is tried. */
const WAYS: Readonly<Record<Needed, readonly string[]>> = {
  power: ['ipmi', 'redfish', 'qemu', 'command', 'simulated'],
  virtualMedia: ['redfish', 'qemu'],
  bootDevice: ['ipmi', 'redfish', 'qemu', 'simulated'],
  shell: ['ssh'],
  console: ['ipmi', 'qemu', 'command', 'simulated'],
};
export const CONSOLE_WAYS = WAYS.console;
const WORDS: Readonly<Record<Needed, string>> = {
  power: 'whose power can be switched (IPMI, Redfish, QEMU, a command)',
  virtualMedia: 'with virtual media (Redfish, QEMU)',
  bootDevice: 'whose boot device can be chosen (IPMI, Redfish, QEMU)',
  shell: 'with a login by SSH',
  console: 'with a console (IPMI, QEMU, a command)',
};

/** A sentence for each step that no endpoint of the SUT could ever do, and for each that its card says does not work. */
function missingWays({ steps }: Recipe, sut: SutRow): string[] {
  const { name, endpoints, card } = sut;
  const unknown = steps.some((step) => step.do === 'networkBoot' && step.by === 'pxe') ? whyUnknown(sut) : null;
  const needed = new Map<Needed, RecipeStep>();
  for (const step of steps) {
    const need = NEEDS[step.do];
    if (need !== null && !needed.has(need)) needed.set(need, step);
  }
  const lacking = [...needed].flatMap(([need, step]) => {
    const ways = endpoints.filter(({ provider }) => WAYS[need].includes(provider));
    if (ways.length === 0)
      return [`${name} has no way ${WORDS[need]}, which “${sayStep(step)}” needs. Add an endpoint, or choose another SUT.`];
    const checked = card.find(({ capability }) => capability === need);
    if (checked?.outcome === 'unsupported') return [`${name} cannot do what “${sayStep(step)}” needs: ${checked.sentence}`];
    return [];
  });
  return unknown === null ? lacking : [...lacking, unknown];
}
