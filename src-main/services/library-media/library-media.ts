import { isAbsolute } from 'node:path';
import type { ImageKind } from '../../../src-shared/model/image.ts';
import type { VirtualDrive } from '../../../src-shared/model/machine.ts';
import { takesImageFiles } from '../../../src-shared/model/sut-endpoint.ts';
import type { Clock } from '../../clock.ts';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import type { WritableStore } from '../../store/handle.ts';
import { deleteLibraryMedia, listMediaOfRun, listMediaOfSut, saveLibraryMedia, type LibraryMediaRow } from '../../store/library-media.ts';
import { findSut, type SutRow } from '../../store/suts.ts';

/** What the library has under a name, and how a machine comes by it. */
export interface ImageSource {
  find(name: string): { name: string; sha256: string; kind: ImageKind } | undefined;
  /** Where it lies, hashed from its first byte to its last. */
  verified(sha256: string, signal: AbortSignal): Promise<string>;
  serve(request: {
    name: string;
    sut: Pick<SutRow, 'id' | 'name'>;
    runId: string | null;
    from: { file: string };
  }): Promise<{ url: string; revoke(): Promise<void> }>;
}

export interface LibraryMediaServices {
  store: WritableStore;
  clock: Clock;
  /** Asked only when something is inserted: images are joined after machines. */
  source: () => ImageSource;
  /** Ejects by the rules of the harness, whoever holds the machine. */
  eject(sutId: string, drive: string | null, who: string): Promise<void>;
  quarantine(sutId: string, evidence: string): void;
  /** ms between two tries to eject. */
  paceMs: number;
}

export interface Insertion {
  sutId: string;
  image: string;
  drive?: string | undefined;
  /** Null: a person does it. */
  runId: string | null;
}

/** What a machine that is kept after its run goes on reading. */
interface KeptMedia {
  sutId: string;
  runId: string;
  /** Null: it started from the network. */
  inserted: { image: string; sha256: string; address: string } | null;
  revoke: () => Promise<void>;
}

type InsertArgs = { image: string; drive?: string; kind?: 'cd' | 'usb' };
/** How often an image is tried to be taken out at the end. */
const TRIES = 3;

/**
 * Images of the library in virtual drives: served as long as they are in, one a drive, and taken out at the end of the run or reservation. What is
 * served dies with the process; what is in a drive after a restart says the machine itself.
 */
export class LibraryMedia {
  readonly #services: LibraryMediaServices;
  /** How to end what is served, by the id of its row. */
  readonly #served = new Map<string, { sutId: string; revoke: () => void }>();
  readonly #leaving = new AbortController();

  constructor(services: LibraryMediaServices) {
    this.#services = services;
  }

  /**
   * Inserts by `deed`, which is given how to make of a name what the machine takes. An address and a full path go as they are. The image that was in
   * the drive is served until the new one is in.
   */
  async insert<A extends { value: { drive: string } }>(
    insertion: Insertion,
    deed: (prepare: (args: InsertArgs) => Promise<InsertArgs>) => Promise<A>,
  ): Promise<A> {
    let row: LibraryMediaRow | null = null;
    try {
      const answer = await deed(async (args) => {
        if (!isName(insertion.image)) return args;
        row = await this.#hand(insertion);
        return { ...args, image: row.address, ...this.#kindOf(insertion) };
      });
      this.#settle(insertion.sutId, answer.value.drive, row);
      return answer;
    } catch (error) {
      if (row !== null) this.#forget(row);
      throw error;
    }
  }

  /** Nothing in the drive, or in any when it names none, is served any more: it was ejected. */
  ejected(sutId: string, drive: string | undefined): void {
    for (const row of listMediaOfSut(this.#services.store, sutId)) if (drive === undefined || row.drive === drive) this.#forget(row);
  }

  /** Something that a run has put in, or serves without a drive, stays until nobody holds the machine any more; then `revoke` is called. */
  keep({ sutId, runId, inserted, revoke }: KeptMedia): void {
    const at = this.#services.clock.now();
    const id = newId(at);
    this.#served.set(id, { sutId, revoke: () => void revoke() });
    if (inserted !== null) saveLibraryMedia(this.#services.store, { id, sutId, drive: null, ...inserted, runId, insertedAt: at });
  }

  /** What is in the drives, with the names of the library; the machine is believed. */
  name(sutId: string, drives: readonly VirtualDrive[]): (VirtualDrive & { library: { name: string; served: boolean } | null })[] {
    const rows = listMediaOfSut(this.#services.store, sutId);
    return drives.map((drive) => {
      const row = rows.findLast((each) => each.address === drive.image || (drive.image === null && each.drive === drive.id));
      if (!drive.inserted || row === undefined) return { ...drive, library: null };
      // The address is between the harness and the machine: who has it can fetch.
      const served = this.#served.has(row.id) || isAbsolute(row.address);
      return { ...drive, image: row.image, library: { name: row.image, served } };
    });
  }

  /** Whether something of the library is in a drive of it that somebody has to take out, or served to it. */
  has(sutId: string): boolean {
    return listMediaOfSut(this.#services.store, sutId).length > 0 || [...this.#served.values()].some((each) => each.sutId === sutId);
  }

  /** Takes out what a run has put in; answers what could not be taken out, in words. */
  async takeOutOfRun(runId: string, who: string): Promise<string | null> {
    return this.#takeOut(listMediaOfRun(this.#services.store, runId), who);
  }

  async takeOutOfSut(sutId: string, who: string): Promise<void> {
    await this.#takeOut(listMediaOfSut(this.#services.store, sutId), who);
    this.removed([sutId]);
  }

  /** What belonged to a machine that is gone, or that nobody holds, is served no longer. */
  removed(sutIds: readonly string[]): void {
    for (const [id, { sutId, revoke }] of this.#served) {
      if (!sutIds.includes(sutId)) continue;
      this.#served.delete(id);
      revoke();
    }
  }

  close(): void {
    this.#leaving.abort();
    for (const { revoke } of this.#served.values()) revoke();
    this.#served.clear();
  }

  /** As what it is shown where nobody names a drive: the image of a disk starts no machine as a CD. */
  #kindOf({ image, drive, sutId }: Insertion): { kind?: 'usb' } {
    const { store, source } = this.#services;
    const isDisk = drive === undefined && source().find(image)?.kind === 'disk';
    return isDisk && !takesImageFiles(findSut(store, sutId)?.endpoints ?? []) ? { kind: 'usb' } : {};
  }

  /** Makes the image ready for the machine, and writes that it is on its way. */
  async #hand({ sutId, image: name, runId }: Insertion): Promise<LibraryMediaRow> {
    const { store, clock, source } = this.#services;
    const { find, verified, serve } = source();
    const image = find(name);
    if (image === undefined) {
      throw new WorkbenchError(
        'NOT_FOUND',
        `There is no image named ${name}. Name one of the library, or give an address that begins with http:// or https://.`,
      );
    }
    const sut = findSut(store, sutId);
    if (sut === undefined) throw new WorkbenchError('NOT_FOUND', 'This SUT does not exist any more.');
    const file = await verified(image.sha256, this.#leaving.signal);
    const fileName = `${image.name}.${image.kind === 'iso' ? 'iso' : 'img'}`;
    const grant = takesImageFiles(sut.endpoints) ? null : await serve({ name: fileName, sut, runId, from: { file } });
    const at = clock.now();
    const row = { id: newId(at), sutId, drive: null, image: image.name, sha256: image.sha256, address: grant?.url ?? file, runId };
    if (grant !== null) this.#served.set(row.id, { sutId, revoke: () => void grant.revoke() });
    saveLibraryMedia(store, { ...row, insertedAt: at });
    return { ...row, insertedAt: at };
  }

  /** One image a drive: what was in it before is out. */
  #settle(sutId: string, drive: string, row: LibraryMediaRow | null): void {
    for (const each of listMediaOfSut(this.#services.store, sutId)) if (each.drive === drive && each.id !== row?.id) this.#forget(each);
    if (row !== null) saveLibraryMedia(this.#services.store, { ...row, drive });
  }

  async #takeOut(rows: readonly LibraryMediaRow[], who: string): Promise<string | null> {
    const problems: string[] = [];
    for (const row of rows) {
      const problem = await this.#tryEject(row, who);
      if (this.#leaving.signal.aborted) return null;
      this.#forget(row);
      if (problem === null) continue;
      const sentence = `The image ${row.image} could not be taken out of its drive: ${problem}`;
      problems.push(sentence);
      this.#services.quarantine(row.sutId, `${sentence} It was put in by ${row.runId === null ? 'a person' : 'a run'}.`.slice(0, 4000));
    }
    return problems.join(' ') || null;
  }

  async #tryEject({ sutId, drive }: LibraryMediaRow, who: string): Promise<string | null> {
    const { eject, paceMs } = this.#services;
    for (let tries = 1; ; tries += 1) {
      try {
        await eject(sutId, drive, who);
        return null;
      } catch (thrown) {
        if (tries === TRIES || this.#leaving.signal.aborted) return asWorkbenchError(thrown).message;
        await new Promise((resolve) => setTimeout(resolve, paceMs));
      }
    }
  }

  #forget({ id }: LibraryMediaRow): void {
    this.#served.get(id)?.revoke();
    this.#served.delete(id);
    deleteLibraryMedia(this.#services.store, id);
  }
}

/** Neither an address nor a full path: what the library calls an image. */
function isName(image: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:\/\//iu.test(image) && !isAbsolute(image);
}
