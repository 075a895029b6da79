import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recipe, RecipeStep } from '../../../src-shared/model/recipe.ts';
import { takesImageFiles } from '../../../src-shared/model/sut-endpoint.ts';
import { WorkbenchError } from '../../errors.ts';
import type { SutRow } from '../../store/suts.ts';
import { driveOf } from './do-step.ts';
import { makeAnswers } from './make-answers.ts';
import type { Actor, ProvisioningServices, Served } from './provisioning-services.ts';

interface MediaOptions {
  services: ProvisioningServices;
  recipe: Recipe;
  sut: SutRow;
  actor: Actor;
  image: { name: string; sha256: string; file: string } | null;
  /** Folder of this run for what a virtual machine of this computer reads as a file. */
  folder: string;
}

/** The images of one provisioning: handed to a virtual machine as files, to a BMC as addresses that die with the provisioning. */
export class Media {
  readonly #options: MediaOptions;
  readonly #served: Served[] = [];

  constructor(options: MediaOptions) {
    this.#options = options;
  }

  /** Bytes that the machine fetched; null where nothing was served. */
  get fetched(): number | null {
    return this.#served.length === 0 ? null : this.#served.reduce((sum, each) => sum + each.fetched(), 0);
  }

  async insert(step: Extract<RecipeStep, { do: 'insert' }>, signal: AbortSignal): Promise<string | null> {
    const { services, sut, actor, image } = this.#options;
    const address = step.what === 'image' ? await this.#image(image) : await this.#answers();
    signal.throwIfAborted();
    const args = { image: address, ...(step.what === 'image' ? driveOf(step) : { drive: step.drive ?? (await this.#freeDrive(signal)) }) };
    const what = step.what === 'image' ? `insert ${image?.name ?? 'image'}` : 'insert the answers';
    await services.machines.change({ sutId: sut.id, capability: 'virtualMedia', action: 'insert', args, what }, actor);
    return step.what === 'image' ? (image?.name ?? null) : null;
  }

  /** Nothing can be fetched any more, and nothing secret is left. */
  async close(): Promise<void> {
    for (const each of this.#served.splice(0)) each.revoke();
    await rm(this.#options.folder, { recursive: true, force: true });
  }

  /** The answers go where the image is not. */
  async #freeDrive(signal: AbortSignal): Promise<string> {
    const { services, sut } = this.#options;
    const drives = await services.machines.drives(sut.id, signal);
    const free = drives.filter(({ inserted }) => !inserted);
    const [first] = [...free.filter(({ kinds }) => kinds.includes('cd')), ...free.filter(({ kinds }) => kinds.includes('usb')), ...free];
    if (first !== undefined) return first.id;
    const said = drives.length === 1 ? 'has one virtual drive only' : 'has no empty virtual drive';
    throw new WorkbenchError(
      'OOBM_UNSUPPORTED',
      `${sut.name} ${said}, so there is no place for the answers. Use an image that has them in it.`,
    );
  }

  async #image(image: MediaOptions['image']): Promise<string> {
    if (image === null) throw new WorkbenchError('BAD_REQUEST', 'The recipe inserts an image, but the run names none.');
    return takesImageFiles(this.#options.sut.endpoints) ? image.file : this.#serve(`${image.name}.iso`, { file: image.file });
  }

  async #answers(): Promise<string> {
    const { services, recipe, sut, image, folder } = this.#options;
    const bytes = await makeAnswers(services, { recipe, sut, image }, services.clock.now());
    if (bytes === null) throw new WorkbenchError('BAD_REQUEST', 'The recipe inserts answers, but has none.');
    if (!takesImageFiles(sut.endpoints)) return this.#serve('answers.iso', { bytes });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = join(folder, `${sut.id}-answers.iso`);
    await writeFile(file, bytes, { mode: 0o600 });
    return file;
  }

  async #serve(name: string, from: { file: string } | { bytes: Uint8Array }): Promise<string> {
    const { services, sut, actor } = this.#options;
    const served = await services.serve({ name, sut, runId: actor.runId, from });
    this.#served.push(served);
    return served.url;
  }
}

/** For every run, also after a crash: where files for virtual machines lie while they are needed. */
export const mediaFolder = (runFolder: string): string => join(runFolder, 'provisioning');
