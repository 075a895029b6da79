import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageKind } from '../../../src-shared/model/image.ts';
import type { Recipe, RecipeStep } from '../../../src-shared/model/recipe.ts';
import { takesImageFiles } from '../../../src-shared/model/sut-endpoint.ts';
import { WorkbenchError } from '../../errors.ts';
import type { SutRow } from '../../store/suts.ts';
import { bootScript, type BootThing } from './boot-script.ts';
import { bootTarget, whyUnknown } from './boot-target.ts';
import { driveOf } from './do-step.ts';
import { writeIsoImage } from './answers/iso-image.ts';
import { fillIn, makeAnswers, tellsAnswers, waitsForCall } from './answers/make-answers.ts';
import type { Actor, AnswerBytes, ProvisioningServices, Served, ServeRequest } from './provisioning-services.ts';

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
  #callBack: Served | null = null;
  #answersUrl: string | null = null;
  #imageUrl: string | null = null;
  #answersDrive: string | null = null;
  #inserted: { image: string; sha256: string; address: string } | null = null;

  constructor(options: MediaOptions) {
    this.#options = options;
  }

  /** The run's image that the machine was told to put into a drive, which may have done it whatever became known of it. */
  get inserted(): { image: string; sha256: string; address: string } | null {
    return this.#inserted;
  }

  /** Bytes that the machine fetched; null where nothing was served. */
  get fetched(): number | null {
    return this.#served.length === 0 ? null : this.#served.reduce((sum, each) => sum + each.fetched(), 0);
  }

  /** Whether the machine has asked for its address; one that nobody was told cannot be asked for. */
  get calledBack(): boolean {
    return (this.#callBack?.fetched() ?? 0) > 0;
  }

  /** The words of a step with addresses in them, which can be fetched from as soon as they are known. */
  async fillIn(words: string): Promise<string> {
    const { services, recipe, sut, image } = this.#options;
    const answers = tellsAnswers(recipe) ? { answers: await this.#answersByHttp() } : {};
    return fillIn(services, { recipe, sut, image }, { words, links: { ...(await this.#links()), ...answers } });
  }

  /** What a suite is told besides its own: the image, where it can be fetched, and what the machine is to call. */
  async variables(): Promise<Record<string, string>> {
    const { services, recipe, image } = this.#options;
    const { callBack } = await this.#links();
    const called = callBack === undefined ? {} : { CALL_BACK_URL: callBack };
    if (image === null || recipe.image !== 'needed') return called;
    this.#imageUrl ??= await this.#serve(fileNameOf(image.name, services.images.find(image.sha256)?.kind ?? 'other'), {
      file: image.file,
    });
    return { ...called, IMAGE: image.name, IMAGE_URL: this.#imageUrl };
  }

  async insert(step: Extract<RecipeStep, { do: 'insert' }>, signal: AbortSignal): Promise<string | null> {
    const { services, sut, actor, image } = this.#options;
    const address = step.what === 'image' ? await this.#image(image) : await this.#answers();
    signal.throwIfAborted();
    if (step.what === 'image' && image !== null) this.#inserted = { image: image.name, sha256: image.sha256, address };
    const args = {
      image: address,
      ...(step.what === 'image' ? this.#driveOfImage(step) : { drive: step.drive ?? (await this.#driveOfAnswers(signal)) }),
    };
    const what = step.what === 'image' ? `insert ${image?.name ?? 'image'}` : 'insert the answers';
    await services.machines.change({ sutId: sut.id, capability: 'virtualMedia', action: 'insert', args, what }, actor);
    return step.what === 'image' ? (image?.name ?? null) : null;
  }

  /** Offers the image to the machine for its next start, and makes that a start from the network. */
  async bootFromNetwork({ by, arguments: words }: Extract<RecipeStep, { do: 'networkBoot' }>, signal: AbortSignal): Promise<string> {
    const { services, sut, actor, image } = this.#options;
    if (image === null) throw new WorkbenchError('BAD_REQUEST', 'The recipe starts an image from the network, but the run names none.');
    const kind = services.images.find(image.sha256)?.kind ?? 'other';
    const uri = by === 'http' ? await this.#offer(image.file, fileNameOf(image.name, kind)) : await this.#script({ ...image, kind }, words);
    signal.throwIfAborted();
    const args = { device: by, lasting: 'once', uri } as const;
    await services.machines.change(
      { sutId: sut.id, capability: 'bootDevice', action: 'set', args, what: `boot ${image.name} from the network` },
      actor,
    );
    return image.name;
  }

  async #script({ name, file, kind }: { name: string; file: string; kind: ImageKind }, words: string): Promise<string> {
    const { services, sut } = this.#options;
    const unknown = whyUnknown(sut);
    if (unknown !== null) throw new WorkbenchError('BAD_REQUEST', unknown);
    let thing: BootThing;
    if (kind === 'boot') {
      const files = await services.images.bootFiles(file);
      const offer = async (part: { name: string; offset: number; length: number }) => ({
        name: part.name,
        url: await this.#offer(file, part.name, part),
      });
      const [kernel, ...initrds] = await Promise.all([files.kernel, ...files.initrds].map(offer));
      thing = { kind: 'kernel', kernel: kernel?.url ?? '', initrds, arguments: await this.fillIn(words) };
    } else {
      const url = await this.#offer(file, fileNameOf(name, kind));
      thing = { kind: kind === 'other' ? 'program' : 'disk', url };
    }
    const bytes = Buffer.from(bootScript(thing, { image: name, sut: sut.name }));
    return this.#serve('boot.ipxe', { bytes }, { target: bootTarget(sut) });
  }

  #offer(file: string, name: string, part?: { offset: number; length: number }): Promise<string> {
    return this.#serve(name, part === undefined ? { file } : { file, part: { offset: part.offset, length: part.length } }, {
      target: null,
    });
  }

  /** Nothing can be fetched any more, and nothing secret is left; what lies beside it belongs to other machines of the run. */
  async close(): Promise<void> {
    await Promise.all([...this.#served, ...(this.#callBack === null ? [] : [this.#callBack])].map((each) => each.revoke()));
    await rm(this.#answersFile, { force: true });
  }

  /** Where the recipe says, else the first that what it boots from is. */
  #driveOfImage(step: { drive?: string | undefined }): { drive?: string; kind?: 'usb' } {
    return step.drive === undefined && bootsFromUsb(this.#options.recipe) ? { kind: 'usb' } : driveOf(step);
  }

  /** Where they were tried to be put before: they may be there, whatever became known of it. */
  async #driveOfAnswers(signal: AbortSignal): Promise<string> {
    this.#answersDrive ??= await this.#freeDrive(signal);
    return this.#answersDrive;
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
    const { services, sut } = this.#options;
    if (takesImageFiles(sut.endpoints)) return image.file;
    const isDisk = services.images.find(image.sha256)?.kind === 'disk';
    return this.#serve(fileNameOf(image.name, isDisk ? 'disk' : 'iso'), { file: image.file });
  }

  async #answers(): Promise<string> {
    const { services, recipe, sut, folder } = this.#options;
    const bytes = writeIsoImage({ label: recipe.answers?.label ?? '', files: await this.#answerFiles(), at: services.clock.now() });
    if (!takesImageFiles(sut.endpoints)) return this.#serve('answers.iso', { bytes });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = this.#answersFile;
    await writeFile(file, bytes, { mode: 0o600 });
    return file;
  }

  get #answersFile(): string {
    return join(this.#options.folder, `${this.#options.sut.id}-answers.iso`);
  }

  async #answerFiles(): Promise<AnswerBytes[]> {
    const { services, recipe, sut, image } = this.#options;
    if (recipe.answers === null) throw new WorkbenchError('BAD_REQUEST', 'The recipe hands over answers, but has none.');
    return makeAnswers(services, { recipe, sut, image }, await this.#links());
  }

  /** By plain HTTP: an installer knows no certificate of this harness. */
  async #answersByHttp(): Promise<string> {
    this.#answersUrl ??= await this.#serve('answers', { files: await this.#answerFiles() }, { target: null });
    return this.#answersUrl;
  }

  async #links(): Promise<{ callBack?: string }> {
    const { services, recipe, sut, actor } = this.#options;
    if (!waitsForCall(recipe)) return {};
    this.#callBack ??= await services.serve({
      name: 'call-back',
      sut,
      runId: actor.runId,
      from: { callBack: true },
      network: { target: null },
    });
    return { callBack: takesImageFiles(sut.endpoints) ? asGuestSees(this.#callBack.url) : this.#callBack.url };
  }

  async #serve(name: string, from: ServeRequest['from'], network?: NonNullable<ServeRequest['network']>): Promise<string> {
    const { services, sut, actor } = this.#options;
    const served = await services.serve({ name, sut, runId: actor.runId, from, ...(network === undefined ? {} : { network }) });
    this.#served.push(served);
    return takesImageFiles(sut.endpoints) ? asGuestSees(served.url) : served.url;
  }
}

/** QEMU's own network shows this computer to its guests under another address. */
function asGuestSees(url: string): string {
  const seen = new URL(url);
  if (seen.hostname === '127.0.0.1') seen.hostname = '10.0.2.2';
  return seen.href;
}

/** Its image is then shown as a USB stick. */
export const bootsFromUsb = ({ steps }: Pick<Recipe, 'steps'>): boolean =>
  steps.some((step) => step.do === 'boot' && step.device === 'usb');

/** Firmware and BMCs go by the ending. */
const fileNameOf = (name: string, kind: ImageKind): string => (kind === 'iso' ? `${name}.iso` : kind === 'disk' ? `${name}.img` : name);

/** For every run, also after a crash: where files for virtual machines lie while they are needed. */
export const mediaFolder = (runFolder: string): string => join(runFolder, 'provisioning');
