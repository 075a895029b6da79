import { createHash } from 'node:crypto';
import type { Recipe, RecipeStep } from '../../../../src-shared/model/recipe.ts';
import type { SutRow } from '../../../store/suts.ts';
import type { AnswerBytes, ProvisioningServices } from '../provisioning-services.ts';
import { WorkbenchError } from '../../../errors.ts';
import { checkAnswer } from './check/check-answers.ts';
import type { AnswerProblem } from './check/problem.ts';
import { publicKeyOf } from './public-key.ts';
import { renderTemplate } from './render-answers.ts';

type Services = Pick<ProvisioningServices, 'secretsOf' | 'privateKeyOf'>;

interface Wanted {
  recipe: Recipe;
  sut: SutRow;
  image: { name: string; sha256: string } | null;
}

/** In place of secrets where somebody only looks. */
const HIDDEN = '••••••••';

/** Addresses of this harness that exist only while a machine is provisioned. */
interface Links {
  callBack?: string;
  answers?: string;
}
/** In place of addresses that do not exist yet. */
const NOT_YET: Required<Links> = { callBack: 'http://harness/call-back', answers: 'http://harness/answers/' };
const promised = (recipe: Recipe): Links => (waitsForCall(recipe) ? NOT_YET : { answers: NOT_YET.answers });

/** Only then there is an address to call. */
export const waitsForCall = ({ steps }: Recipe): boolean => steps.some((step) => step.do === 'waitCallBack');

/** A file as a person may see it, and what its installer would stumble over. */
export interface ShownAnswer {
  path: string;
  text: string;
  problems: AnswerProblem[];
}

/** The answers as a person may see them: everything but the secrets. Throws where they, or words of a step, cannot be filled in. */
export async function previewAnswers(services: Services, wanted: Wanted): Promise<ShownAnswer[]> {
  for (const step of wanted.recipe.steps) {
    const words = wordsOf(step);
    if (words !== null) await fillIn(services, wanted, { words, links: promised(wanted.recipe) });
  }
  const files = await render(wanted, await valuesOf(services, wanted, { secretOf: () => HIDDEN, links: promised(wanted.recipe) }));
  return files.map((file) => ({ ...file, problems: checkAnswer(file) }));
}

/** The words of a step that may name what answers may, and where they are: `{{ answers.url }}`. */
export function wordsOf(step: RecipeStep): string | null {
  if (step.do === 'robot') return Object.values(step.variables).join('\n');
  return step.do === 'ssh' ? step.command : step.do === 'networkBoot' ? step.arguments : null;
}

/** Puts values into words of a step. Secrets have no place there: commands and arguments are seen by others. */
export async function fillIn(services: Services, wanted: Wanted, { words, links }: { words: string; links: Links }): Promise<string> {
  if (!words.includes('{{') && !words.includes('{%')) return words;
  return renderTemplate({ path: 'The step', text: words }, await valuesOf(services, wanted, { secretOf: null, links }));
}

/** Whether a step tells the machine where the answers can be fetched. */
export const tellsAnswers = ({ steps }: Recipe): boolean => steps.some((step) => /\banswers\.url\b/u.test(wordsOf(step) ?? ''));

/**
 * What tells answers apart without knowing any secret: they are rendered with the references of the secrets, and a secret that was changed has
 * another one. Null for a recipe without answers.
 */
export async function hashAnswers(services: Services, wanted: Wanted): Promise<string | null> {
  if (wanted.recipe.answers === null) return null;
  const reference = new Map(wanted.sut.information.map(({ key, value }) => [key, String(value)]));
  const files = await render(
    wanted,
    await valuesOf(services, wanted, { secretOf: (key) => reference.get(key) ?? '', links: promised(wanted.recipe) }),
  );
  return createHash('sha256')
    .update(JSON.stringify([wanted.recipe.answers.label, files]))
    .digest('hex');
}

/** The answers with secrets in them: to be handed on and kept nowhere. */
export async function makeAnswers(services: Services, wanted: Wanted, links: Links): Promise<AnswerBytes[]> {
  const secrets = await services.secretsOf(wanted.sut);
  const files = await render(wanted, await valuesOf(services, wanted, { secretOf: (key) => secrets[key] ?? '', links }));
  for (const file of files) {
    const [first] = checkAnswer(file);
    // The reason might quote what stands there.
    if (first !== undefined)
      throw new WorkbenchError(
        'BAD_REQUEST',
        `${file.path} is not what its installer takes once the secrets are in it${first.line === null ? '' : `, in line ${first.line}`}. Quote them there: a filter such as yaml, json or shell does that.`,
      );
  }
  return files.map(({ path, text }) => ({ path, bytes: Buffer.from(text, 'utf8') }));
}

function render({ recipe }: Wanted, values: object): Promise<{ path: string; text: string }[]> {
  const files = recipe.answers?.files ?? [];
  return Promise.all(files.map(async ({ path, text }) => ({ path, text: await renderTemplate({ path, text: text ?? '' }, values) })));
}

/** What templates may name: `sut.name`, `field.<key>`, `secret.<key>`, `image.name`, `ssh.user`, `ssh.address`,
 * `ssh.publicKey`, `callBack.url`. */
async function valuesOf(
  services: Services,
  { sut, image }: Wanted,
  { secretOf, links }: { secretOf: ((key: string) => string) | null; links: Links },
): Promise<object> {
  const fields = sut.information.filter(({ kind }) => kind !== 'secret').map(({ key, value }) => [key, value] as const);
  const secrets = sut.information
    .filter(({ kind, value }) => kind === 'secret' && value !== null)
    .map(({ key }) => [key, secretOf?.(key) ?? ''] as const);
  const ssh = sut.endpoints.find(({ provider }) => provider === 'ssh');
  const key = await services.privateKeyOf(sut);
  const publicKey = key === null ? null : publicKeyOf(key);
  return {
    sut: { id: sut.id, name: sut.name, tags: sut.tags },
    field: Object.fromEntries(fields),
    ...(secretOf === null ? {} : { secret: Object.fromEntries(secrets) }),
    ...(image === null ? {} : { image }),
    ...(links.callBack === undefined ? {} : { callBack: { url: links.callBack } }),
    ...(links.answers === undefined ? {} : { answers: { url: links.answers } }),
    ...(ssh === undefined
      ? {}
      : { ssh: { user: ssh.user, address: ssh.address, port: ssh.port ?? 22, ...(publicKey === null ? {} : { publicKey }) } }),
  };
}
