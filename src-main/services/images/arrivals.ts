import { mkdir, open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageWords } from '../../../src-shared/contract/harness/images.ts';
import { imageLabel, type Arrival } from '../../../src-shared/model/image.ts';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { deleteArrival, findArrival, findImageByLabel, listArrivals, saveArrival, type ArrivalRow } from '../../store/images.ts';
import type { Caller } from '../caller.ts';
import { checksumOf } from './checksum-file.ts';
import { downloadText, openDownload, SILENCE_MS, SourceAway, type Rules } from './download.ts';
import { announceImages, labelKey, type ImageServices } from './image-services.ts';
import { keepImage, nameFrom, needRoom } from './keep-image.ts';
import { RateMeter } from '../../rate-meter.ts';
import { sourceAddress } from './polite-hosts.ts';

export interface FetchRequest extends ImageWords {
  url: string;
  checksumUrl?: string | undefined;
}

const MOST_CHECKSUM_BYTES = 4 * 1024 * 1024;
const FIRST_WAIT_MS = 2000;
const LONGEST_WAIT_MS = 5 * 60_000;
const TELL_EVERY_MS = 500;

/** What is known of one arrival only while this process lives. */
interface Moving {
  leave: AbortController;
  done: number;
  /** Where it was at most. */
  furthest: number;
  resumedAt: number | null;
  nextTryAt: number | null;
  note: string | null;
  rate: RateMeter;
  tries: number;
  wake: () => void;
  over: Promise<void>;
}

/**
 * Images that are fetched from addresses. What has come lies in a file of its own until it is whole and has the right hash; a cut connection, a pause
 * and a restart of the harness go on where they were, as long as the source says that its file is still the same.
 */
export class Arrivals {
  readonly #services: ImageServices;
  readonly #silenceMs: number;
  readonly #moving = new Map<string, Moving>();
  #closed = false;

  constructor(services: ImageServices, silenceMs = SILENCE_MS) {
    this.#services = services;
    this.#silenceMs = silenceMs;
  }

  /** After a start: goes on with what was being fetched, and removes parts that nobody waits for. */
  async start(): Promise<void> {
    const rows = listArrivals(this.#services.store);
    await mkdir(this.#folder, { recursive: true });
    for (const name of await readdir(this.#folder)) {
      if (rows.every(({ id }) => name !== `${id}.part`)) await rm(join(this.#folder, name), { force: true });
    }
    for (const row of rows) if (row.state === 'fetching') this.#move(row);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#moving.values()];
    for (const { leave } of all) leave.abort();
    await Promise.all(all.map(({ over }) => over));
  }

  async list(): Promise<Arrival[]> {
    return Promise.all(listArrivals(this.#services.store).map((row) => this.#shape(row)));
  }

  /** One that is to have this content, whoever began it and whatever became of it. */
  awaited(sha256: string): Pick<ArrivalRow, 'id' | 'state'> | undefined {
    return listArrivals(this.#services.store).find(({ words }) => (JSON.parse(words) as ImageWords).sha256 === sha256);
  }

  /** How often in a row its source was asked in vain. */
  triesInVain(id: string): number {
    return this.#moving.get(id)?.tries ?? 0;
  }

  /** Throws BAD_REQUEST and CONFLICT for what can be known before anything is fetched. */
  async fetch(request: FetchRequest, caller: Caller): Promise<Arrival> {
    const { store, clock } = this.#services;
    const { url, checksumUrl, ...words } = request;
    const source = sourceAddress(url);
    if (checksumUrl !== undefined) sourceAddress(checksumUrl);
    const named = { name: words.name ?? nameFromAddress(source), revision: words.revision };
    const taken = findImageByLabel(store, labelKey(named));
    if (taken !== undefined && taken.sha256 !== words.sha256)
      throw new WorkbenchError(
        'CONFLICT',
        `There is an image called ${imageLabel(named)} already. Give this one another name or a revision.`,
      );
    const row: ArrivalRow = {
      ...{
        id: newId(clock.now()),
        words: JSON.stringify({ ...words, name: named.name }),
        url: source.href,
        checksumUrl: checksumUrl ?? null,
      },
      ...{ state: 'fetching', note: null, validator: null, total: null, startedAt: clock.now(), startedBy: caller.user },
    };
    saveArrival(store, row);
    this.#move(row);
    announceImages(this.#services);
    return this.#shape(row);
  }

  async pause(id: string): Promise<Arrival> {
    const row = this.#need(id);
    await this.#stop(id);
    return this.#save({ ...row, ...this.#known(id), state: 'paused', note: null });
  }

  async resume(id: string): Promise<Arrival> {
    const row = this.#need(id);
    const moving = this.#moving.get(id);
    if (moving !== undefined) {
      moving.wake();
      return this.#shape(row);
    }
    const fresh: ArrivalRow = {
      ...row,
      state: 'fetching',
      note: null,
      ...(row.state === 'failed' ? { validator: null, total: null } : {}),
    };
    saveArrival(this.#services.store, fresh);
    this.#move(fresh);
    announceImages(this.#services);
    return this.#shape(fresh);
  }

  async cancel(id: string): Promise<void> {
    this.#need(id);
    await this.#stop(id);
    deleteArrival(this.#services.store, id);
    await rm(this.#file(id), { force: true });
    announceImages(this.#services);
  }

  get #folder(): string {
    return join(this.#services.content.folder, 'arriving');
  }

  #file(id: string): string {
    return join(this.#folder, `${id}.part`);
  }

  #need(id: string): ArrivalRow {
    const row = findArrival(this.#services.store, id);
    if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This image is not being fetched any more.');
    return row;
  }

  #known(id: string): Partial<ArrivalRow> {
    const { validator, total } = findArrival(this.#services.store, id) ?? {};
    return { ...(validator === undefined ? {} : { validator }), ...(total === undefined ? {} : { total }) };
  }

  async #stop(id: string): Promise<void> {
    const moving = this.#moving.get(id);
    moving?.leave.abort();
    await moving?.over;
  }

  async #save(row: ArrivalRow): Promise<Arrival> {
    saveArrival(this.#services.store, row);
    announceImages(this.#services);
    return this.#shape(row);
  }

  async #shape(row: ArrivalRow): Promise<Arrival> {
    const moving = this.#moving.get(row.id);
    const { name = '', revision } = JSON.parse(row.words) as ImageWords;
    const lying = moving?.done ?? (await stat(this.#file(row.id)).catch(() => null))?.size ?? 0;
    const waits = moving !== undefined && moving.nextTryAt !== null;
    return {
      ...{ id: row.id, name, revision, url: row.url, state: row.state === 'fetching' && waits ? 'waiting' : row.state },
      ...{ note: moving?.note ?? row.note, done: lying, total: row.total, rate: waits ? null : (moving?.rate.read() ?? null) },
      ...{ nextTryAt: moving?.nextTryAt ?? null, resumedAt: moving?.resumedAt ?? null, startedAt: row.startedAt },
    };
  }

  #move(row: ArrivalRow): void {
    const { clock } = this.#services;
    const moving: Moving = {
      ...{
        leave: new AbortController(),
        done: 0,
        furthest: 0,
        resumedAt: null,
        nextTryAt: null,
        note: null,
        rate: new RateMeter(() => clock.now()),
      },
      ...{ tries: 0, wake: () => undefined, over: Promise.resolve() },
    };
    this.#moving.set(row.id, moving);
    moving.over = this.#bring(row, moving).finally(() => {
      this.#moving.delete(row.id);
      if (!this.#closed) announceImages(this.#services);
    });
  }

  async #bring(row: ArrivalRow, moving: Moving): Promise<void> {
    const { store, log } = this.#services;
    try {
      await mkdir(this.#folder, { recursive: true });
      const words = await this.#expected(row, moving);
      moving.done = (await stat(this.#file(row.id)).catch(() => null))?.size ?? 0;
      moving.furthest = moving.done;
      while (!(await this.#fetchOn(row, moving))) await this.#wait(moving);
      await this.#take(row, words, moving);
    } catch (error) {
      if (moving.leave.signal.aborted) return; // paused, cancelled or closing: the row says which
      const problem = asWorkbenchError(error);
      if (problem.code === 'INTERNAL') log.error('an image could not be fetched', error);
      // May be another file by the next time, so that begins anew.
      await rm(this.#file(row.id), { force: true });
      saveArrival(store, { ...row, ...this.#known(row.id), state: 'failed', note: problem.message });
    }
  }

  /** What the person said, with the sha256 from the checksum file. */
  async #expected(row: ArrivalRow, moving: Moving): Promise<ImageWords> {
    const words = JSON.parse(row.words) as ImageWords;
    if (row.checksumUrl === null) return words;
    for (;;) {
      try {
        const options = { ...this.#rules(moving), most: MOST_CHECKSUM_BYTES };
        const listed = checksumOf(await downloadText(row.checksumUrl, options), fileNameOf(row.url));
        if (words.sha256 !== undefined && words.sha256 !== listed)
          throw new WorkbenchError('BAD_REQUEST', 'The checksum file says another sha256 than the one that was given.');
        return { ...words, sha256: listed };
      } catch (error) {
        if (!(error instanceof SourceAway)) throw error;
        this.#say(moving, error);
        await this.#wait(moving);
      }
    }
  }

  #rules({ leave }: Moving): Rules {
    return { allowsPrivate: this.#services.settings().imagesFromPrivateHosts, signal: leave.signal, silenceMs: this.#silenceMs };
  }

  /** One connection; whether all of it is there now. */
  async #fetchOn(row: ArrivalRow, moving: Moving): Promise<boolean> {
    const { store } = this.#services;
    try {
      const place = { url: row.url, offset: moving.done, validator: row.validator };
      const part = await openDownload(place, this.#rules(moving));
      if (part.offset !== moving.done) await this.#beginAnew(row, moving);
      moving.resumedAt = moving.done > 0 ? moving.done : moving.resumedAt;
      await needRoom(this.#services, part.total === null ? null : part.total - moving.done);
      Object.assign(row, { validator: part.validator, total: part.total });
      saveArrival(store, row);
      Object.assign(moving, { note: null, nextTryAt: null });
      await this.#write(row, moving, part.bytes);
      if (part.total !== null && moving.done < part.total) throw new SourceAway('the connection ended too early');
      return true;
    } catch (error) {
      if (!(error instanceof SourceAway)) throw error;
      this.#say(moving, error);
      return false;
    }
  }

  /** The source has another file by now, or cannot go on in the middle. */
  async #beginAnew({ id }: ArrivalRow, moving: Moving): Promise<void> {
    await truncate(this.#file(id), 0).catch(() => undefined);
    moving.done = 0;
    moving.resumedAt = null;
  }

  async #write({ id }: ArrivalRow, moving: Moving, bytes: AsyncIterable<Buffer>): Promise<void> {
    const file = await open(this.#file(id), 'a');
    let told = 0;
    try {
      for await (const chunk of bytes) {
        moving.leave.signal.throwIfAborted();
        await file.appendFile(chunk);
        moving.done += chunk.byteLength;
        moving.rate.count(chunk.byteLength);
        this.#forgive(moving);
        const now = performance.now();
        if (now - told < TELL_EVERY_MS) continue;
        told = now;
        announceImages(this.#services);
      }
    } finally {
      await file.close();
    }
  }

  /** Only what had not come before is headway: a source that always breaks off at the same place is asked in vain. */
  #forgive(moving: Moving): void {
    if (moving.done <= moving.furthest) return;
    moving.furthest = moving.done;
    moving.tries = 0;
  }

  #say(moving: Moving, { message }: SourceAway): void {
    moving.tries += 1;
    moving.note = `It waits: ${message}.`;
    moving.nextTryAt = this.#services.clock.now() + waitOf(moving.tries);
    announceImages(this.#services);
  }

  /** Until the next try, or until a person asks for it. */
  async #wait(moving: Moving): Promise<void> {
    const { signal } = moving.leave;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, waitOf(moving.tries));
      moving.wake = () => {
        clearTimeout(timer);
        resolve();
      };
      signal.addEventListener('abort', moving.wake, { once: true });
    });
    signal.throwIfAborted();
    moving.nextTryAt = null;
  }

  async #take(row: ArrivalRow, words: ImageWords, moving: Moving): Promise<void> {
    const coming = { words, fileName: fileNameOf(row.url), origin: row.url, size: moving.done, bytes: this.#file(row.id) };
    await keepImage(this.#services, coming, { caller: { user: row.startedBy, origin: 'rest' }, signal: moving.leave.signal });
    deleteArrival(this.#services.store, row.id);
    await rm(this.#file(row.id), { force: true });
  }
}

const waitOf = (tries: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, tries - 1));

/** What an image is called that nobody has given a name. */
export const nameFromAddress = (source: URL): string => nameFrom(fileNameOf(source.href));

function fileNameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || 'image';
  } catch {
    return last;
  }
}
