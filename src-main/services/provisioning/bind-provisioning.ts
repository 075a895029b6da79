import type { PreflightReason } from '../../../src-shared/model/preflight.ts';
import {
  sayStep,
  type ProvisioningBinding,
  type ProvisioningChoice,
  type Recipe,
  type RecipeStep,
} from '../../../src-shared/model/recipe.ts';
import { takesImageFiles } from '../../../src-shared/model/sut-endpoint.ts';
import { asWorkbenchError } from '../../errors.ts';
import type { SutRow } from '../../store/suts.ts';
import { bootsFromUsb } from './media.ts';
import { whyUnknown } from './boot-target.ts';
import { previewAnswers } from './answers/make-answers.ts';
import type { ProvisioningServices } from './provisioning-services.ts';
import { readRecipe } from './read-recipe.ts';
import { wantedImage, type WantedImage } from './wanted-image.ts';

export interface WantedProvisioning {
  choice: ProvisioningChoice;
  /** The revision that recipes are looked for in; null: only built-in ones. */
  revision: string | null;
  suts: readonly SutRow[];
}

interface Examined {
  reasons: PreflightReason[];
  recipe: Recipe | null;
  image: WantedImage | null;
}

type Examining = Pick<ProvisioningServices, 'revision' | 'serveProblem' | 'secretsOf' | 'privateKeyOf'> & {
  images: Pick<ProvisioningServices['images'], 'find' | 'foresee'>;
};

type About = Pick<PreflightReason, 'code' | 'message' | 'subject'> & Partial<Pick<PreflightReason, 'severity' | 'repair'>>;
const reason = (about: About): PreflightReason => ({ severity: 'error', repair: { action: 'changeProvisioning' }, ...about });

/** Every reason why these machines cannot be provisioned like this, each with what can be done about it. */
export async function examineProvisioning(services: Examining, { choice, revision, suts }: WantedProvisioning): Promise<Examined> {
  const reasons: PreflightReason[] = [];
  const add = (about: About): void => void reasons.push(reason(about));
  const recipe = await readRecipe(services, { ref: choice.recipe, of: revision, answers: choice.answers }).catch((error: unknown) => {
    add({ code: 'RECIPE_BROKEN', message: asWorkbenchError(error).message, subject: choice.recipe });
    return null;
  });
  const { image, problem } = wantedImage(services.images, choice);
  if (problem !== null)
    add({
      code: 'IMAGE_MISSING',
      message: problem,
      subject: choice.image ?? choice.imageSource?.url ?? null,
      ...(choice.imageSource === undefined ? { repair: { action: 'openImages' } } : {}),
    });
  if (recipe === null) return { reasons, recipe, image };
  if (recipe.image === 'needed' && choice.image === null && choice.imageSource === undefined)
    add({ code: 'IMAGE_MISSING', message: `The recipe ${recipe.recipe} needs an image. Choose one.`, subject: choice.recipe });
  if (image !== null && isWronglyBooted(recipe, image))
    add({
      code: 'IMAGE_WRONG_KIND',
      message: `${image.name} is the image of a disk, which no machine starts as a CD, and the recipe ${recipe.recipe} boots a CD. Choose usb-image or another recipe that boots from usb, or another image.`,
      subject: image.name,
    });
  const tested = suts.filter(({ role }) => role === 'sut');
  if (tested.length === 0)
    add({
      code: 'SUTS_TOO_FEW',
      message: 'There is no SUT to provision. Choose one, or take the machines as they are.',
      subject: 'provisioning',
      repair: { action: 'chooseSuts' },
    });
  for (const sut of tested) reasons.push(...(await reasonsOfSut(services, { recipe, sut, image })));
  return { reasons, recipe, image };
}

async function reasonsOfSut(
  services: Examining,
  { recipe, sut, image }: { recipe: Recipe; sut: SutRow; image: WantedImage | null },
): Promise<PreflightReason[]> {
  const open = openSut(sut);
  const subject = sut.name;
  const missing = missingWays(recipe, sut);
  const [reach, answers] = await Promise.all([
    isFetchedFrom(recipe, sut) ? services.serveProblem(sut) : null,
    reasonsOfAnswers(services, { recipe, sut, image }),
  ]);
  const tooBig = image === null || recipe.imageStays === true ? null : whyTooBig(image, sut);
  const untried = missing.length === 0 && sut.card.length === 0;
  return [
    ...missing.map((message) => reason({ code: 'SUT_WRONG_KIND', message, subject, repair: { action: 'chooseOtherSut', sut: subject } })),
    ...(reach === null ? [] : [reason({ code: 'SERVING_UNREACHABLE', message: `For ${subject}: ${reach}`, subject, repair: open })]),
    ...(tooBig === null ? [] : [reason({ code: 'IMAGE_TOO_BIG', message: tooBig, subject })]),
    ...answers,
    ...(untried
      ? [
          reason({
            code: 'SUT_NOT_VERIFIED',
            message: `Nobody has tried yet what ${subject} can do, so a step may turn out not to work. Verify it first.`,
            subject,
            severity: 'warning',
            repair: open,
          }),
        ]
      : []),
  ];
}

/** What is wanted and not known of the SUT, or what an installer would stumble over, with file and line. */
async function reasonsOfAnswers(
  services: Examining,
  { recipe, sut, image }: { recipe: Recipe; sut: SutRow; image: WantedImage | null },
): Promise<PreflightReason[]> {
  try {
    const files = await previewAnswers(services, { recipe, sut, image });
    return files.flatMap(({ path, problems }) =>
      problems.map(({ line, message }) =>
        reason({
          code: 'RECIPE_BROKEN',
          message: `For ${sut.name}: ${path}${line === null ? '' : `, line ${line}`}: ${message}`,
          subject: recipe.recipe,
        }),
      ),
    );
  } catch (error) {
    const message = `For ${sut.name}: ${asWorkbenchError(error).message} Give it to the SUT, or mend the recipe.`;
    return [reason({ code: 'ANSWERS_INCOMPLETE', message, subject: sut.name, repair: openSut(sut) })];
  }
}

const openSut = ({ id, name }: SutRow) => ({ action: 'openSut', sutId: id, sut: name }) as const;

/** Whether the machine or its BMC reads something from this computer. */
function isFetchedFrom({ steps }: Recipe, { endpoints }: SutRow): boolean {
  if (steps.some((step) => step.do === 'networkBoot' || step.do === 'waitCallBack')) return true;
  return steps.some((step) => step.do === 'insert') && !takesImageFiles(endpoints);
}

function isWronglyBooted({ steps }: Recipe, { kind }: WantedImage): boolean {
  const bootsCd = steps.some((step) => step.do === 'boot' && step.device === 'cdrom');
  return kind === 'disk' && bootsCd && steps.some((step) => step.do === 'insert' && step.what === 'image');
}

const GIB = 1024 ** 3;

/** Only a virtual machine of this computer says how big its disk is; 0: it has none. */
function whyTooBig({ name, size }: WantedImage, sut: SutRow): string | null {
  const gib = sut.endpoints.find(({ provider }) => provider === 'qemu')?.diskGib ?? null;
  if (gib === null || gib === 0 || size === null || size <= gib * GIB) return null;
  return `The image ${name} has ${(size / GIB).toFixed(1)} GiB, the disk of ${sut.name} only ${gib} GiB. Choose another image or a bigger machine.`;
}

/** What the run is bound to, whatever files and names mean later. Throws nothing that the examination did not say. */
export async function bindProvisioning(services: ProvisioningServices, wanted: WantedProvisioning): Promise<ProvisioningBinding | null> {
  const { recipe, image } = await examineProvisioning(services, wanted);
  if (recipe === null) return null;
  const { recipe: ref, answers, when, keep, leaves, imageSource } = wanted.choice;
  return {
    ...{ recipe: ref, answers, when, keep, leaves },
    ...(imageSource === undefined ? {} : { imageSource }),
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
  const noStick = bootsFromUsb({ steps }) ? whyNoStick(sut) : null;
  return [...lacking, ...[unknown, noStick].filter((each) => each !== null)];
}

function whyNoStick({ name, endpoints }: SutRow): string | null {
  const ways = endpoints.filter(({ provider }) => WAYS.bootDevice.includes(provider));
  if (ways.length === 0 || ways.some(({ provider }) => provider !== 'qemu')) return null;
  return `${name} is a virtual machine, which has CD drives only and does not boot from usb. Choose a recipe that boots a CD, or another SUT.`;
}
