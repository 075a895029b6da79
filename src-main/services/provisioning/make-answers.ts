import { createHash } from 'node:crypto';
import type { Recipe } from '../../../src-shared/model/recipe.ts';
import type { SutRow } from '../../store/suts.ts';
import { writeIsoImage } from './iso-image.ts';
import type { ProvisioningServices } from './provisioning-services.ts';
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

/** The answers as a person may see them: everything but the secrets. */
export async function previewAnswers(services: Services, wanted: Wanted): Promise<{ path: string; text: string }[]> {
  return render(wanted, await valuesOf(services, wanted, () => HIDDEN));
}

/**
 * What tells answers apart without knowing any secret: they are rendered with the references of the secrets, and a secret that was changed has
 * another one. Null for a recipe without answers.
 */
export async function hashAnswers(services: Services, wanted: Wanted): Promise<string | null> {
  if (wanted.recipe.answers === null) return null;
  const reference = new Map(wanted.sut.information.map(({ key, value }) => [key, String(value)]));
  const files = await render(wanted, await valuesOf(services, wanted, (key) => reference.get(key) ?? ''));
  return createHash('sha256')
    .update(JSON.stringify([wanted.recipe.answers.label, files]))
    .digest('hex');
}

/** The image with the answers, secrets in it: to be handed on and kept nowhere. */
export async function makeAnswers(services: Services, wanted: Wanted, at: number): Promise<Uint8Array | null> {
  if (wanted.recipe.answers === null) return null;
  const secrets = await services.secretsOf(wanted.sut);
  const files = await render(wanted, await valuesOf(services, wanted, (key) => secrets[key] ?? ''));
  return writeIsoImage({
    label: wanted.recipe.answers.label,
    files: files.map(({ path, text }) => ({ path, bytes: Buffer.from(text, 'utf8') })),
    at,
  });
}

function render({ recipe }: Wanted, values: object): Promise<{ path: string; text: string }[]> {
  const files = recipe.answers?.files ?? [];
  return Promise.all(files.map(async ({ path, text }) => ({ path, text: await renderTemplate({ path, text: text ?? '' }, values) })));
}

/** What templates may name: `sut.name`, `field.<key>`, `secret.<key>`, `image.name`, `ssh.user`, `ssh.address`, `ssh.publicKey`. */
async function valuesOf(services: Services, { sut, image }: Wanted, secretOf: (key: string) => string): Promise<object> {
  const fields = sut.information.filter(({ kind }) => kind !== 'secret').map(({ key, value }) => [key, value] as const);
  const secrets = sut.information
    .filter(({ kind, value }) => kind === 'secret' && value !== null)
    .map(({ key }) => [key, secretOf(key)] as const);
  const ssh = sut.endpoints.find(({ provider }) => provider === 'ssh');
  const key = await services.privateKeyOf(sut);
  const publicKey = key === null ? null : publicKeyOf(key);
  return {
    sut: { id: sut.id, name: sut.name, tags: sut.tags },
    field: Object.fromEntries(fields),
    secret: Object.fromEntries(secrets),
    ...(image === null ? {} : { image }),
    ...(ssh === undefined
      ? {}
      : { ssh: { user: ssh.user, address: ssh.address, port: ssh.port ?? 22, ...(publicKey === null ? {} : { publicKey }) } }),
  };
}
