import { imageLabel, type Arrival } from '../../../src-shared/model/image.ts';
import type { ImageSource } from '../../../src-shared/model/recipe.ts';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import { findImageByLabel, listImagesByContent } from '../../store/images.ts';
import { nameFromAddress, type Arrivals } from './arrivals.ts';
import { labelKey, type ImageServices } from './image-services.ts';
import { refusePrivate, sourceAddress } from './polite-hosts.ts';

type NamedSource = ImageSource & { name: string };

interface FetchOptions {
  startedBy: string;
  /** The run is stopped. */
  cancel: AbortSignal;
  /** The harness closes. */
  leaving: AbortSignal;
  onNote: (note: string) => void;
}

/** Nobody stands by: after so many tries in a row, a minute all together, the run ends with the reason. What has come is kept for the next one. */
const MOST_TRIES = 5;

/** Images that runs fetch for themselves: several that want the same one wait for one transfer. */
export class RunImages {
  readonly #services: ImageServices;
  readonly #arrivals: Arrivals;
  readonly #mostTries: number;
  /** Transfers that runs began, and how many of them wait. */
  readonly #waiting = new Map<string, number>();

  constructor(services: ImageServices, arrivals: Arrivals, mostTries = MOST_TRIES) {
    this.#services = services;
    this.#arrivals = arrivals;
    this.#mostTries = mostTries;
  }

  /** What it will be called, and why it cannot be fetched, as far as that is known before a byte is. */
  foresee({ url, sha256, name: said }: ImageSource & { name: string | null }): { name: string; problem: string | null } {
    try {
      const source = sourceAddress(url);
      refusePrivate(source, this.#services.settings().imagesFromPrivateHosts);
      const name = said ?? nameFromAddress(source);
      const taken = findImageByLabel(this.#services.store, labelKey({ name, revision: '' }));
      const other = taken !== undefined && taken.sha256 !== sha256;
      return { name, problem: other ? `There is another image called ${imageLabel(taken)} already. Give this one another name.` : null };
    } catch (thrown) {
      return { name: said ?? url, problem: asWorkbenchError(thrown).message };
    }
  }

  /** Resolves when the image is in the library. Throws PROVISIONING_FAILED with the reason why it does not come. */
  async fetch(wish: NamedSource, options: FetchOptions): Promise<void> {
    const signal = AbortSignal.any([options.cancel, options.leaving]);
    if (this.#isHere(wish)) return;
    const id = await this.#begin(wish, options);
    this.#waiting.set(id, (this.#waiting.get(id) ?? 0) + 1);
    try {
      await this.#until(id, wish, { signal, onNote: options.onNote });
    } finally {
      const others = (this.#waiting.get(id) ?? 1) - 1;
      this.#waiting.set(id, others);
      if (others === 0) this.#waiting.delete(id);
      const alone = others === 0 && options.cancel.aborted && !options.leaving.aborted;
      if (alone && this.#arrivals.awaited(wish.sha256)?.id === id) await this.#arrivals.cancel(id);
    }
  }

  #isHere({ sha256 }: ImageSource): boolean {
    return listImagesByContent(this.#services.store, sha256).length > 0;
  }

  async #begin({ url, sha256, name }: NamedSource, { startedBy }: FetchOptions): Promise<string> {
    const known = this.#arrivals.awaited(sha256);
    if (known !== undefined) {
      if (known.state !== 'fetching') await this.#arrivals.resume(known.id);
      return known.id;
    }
    const wish = { url, sha256, name, revision: '', category: 'From runs' };
    return (await this.#arrivals.fetch(wish, { user: startedBy, origin: 'rest' })).id;
  }

  async #until(id: string, wish: NamedSource, { signal, onNote }: { signal: AbortSignal; onNote: (note: string) => void }): Promise<void> {
    for (;;) {
      const change = this.#nextChange(signal);
      const arrival = (await this.#arrivals.list()).find((each) => each.id === id);
      if (this.#isHere(wish)) return change.forget();
      try {
        await this.#judge(arrival, wish);
      } catch (error) {
        change.forget();
        throw error;
      }
      if (arrival !== undefined) onNote(sayArrival(arrival, wish));
      await change.happened;
    }
  }

  /** Throws when nobody can expect any more that it comes. */
  async #judge(arrival: Arrival | undefined, { name, url }: NamedSource): Promise<void> {
    const failed = (why: string): WorkbenchError =>
      new WorkbenchError('PROVISIONING_FAILED', `The image ${name} could not be fetched from ${new URL(url).hostname}: ${why}`);
    if (arrival === undefined) throw failed('Somebody has cancelled it.');
    if (arrival.state === 'paused') throw failed('Somebody has paused it. Go on with it on the page Images, then run this again.');
    if (arrival.state === 'failed') throw failed(arrival.note ?? 'Nobody knows why.');
    if (this.#arrivals.triesInVain(arrival.id) < this.#mostTries) return;
    await this.#arrivals.pause(arrival.id);
    throw failed(`${(arrival.note ?? '').replace(/^It waits: /u, '')} It was asked ${this.#mostTries} times.`.trim());
  }

  #nextChange(signal: AbortSignal): { happened: Promise<void>; forget: () => void } {
    let forget = (): void => undefined;
    const happened = new Promise<void>((resolve, reject) => {
      const stop = this.#services.changes.on('images:changed', () => {
        forget();
        resolve();
      });
      const aborted = (): void => {
        forget();
        reject(new WorkbenchError('CANCELLED', 'The run was stopped while its image was fetched.'));
      };
      forget = () => {
        stop();
        signal.removeEventListener('abort', aborted);
      };
      signal.addEventListener('abort', aborted, { once: true });
      if (signal.aborted) aborted();
    });
    happened.catch(() => undefined); // whoever waits for it hears of it
    return { happened, forget: () => forget() };
  }
}

function sayArrival({ done, total, rate, note, state }: Arrival, { name, url }: NamedSource): string {
  const far = total === null ? formatBytes(done) : `${formatBytes(done)} of ${formatBytes(total)}`;
  const quick = rate === null ? '' : `, ${formatBytes(rate)}/s`;
  return `Image ${name} from ${new URL(url).hostname}: ${state === 'waiting' ? (note ?? far) : `${far}${quick}`}`;
}
