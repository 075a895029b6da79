import { updateProvisioning, type ProvisioningKey } from '../../store/provisionings.ts';
import type { WritableStore } from '../../store/handle.ts';
import type { Media } from './media.ts';

const wordOf = ({ run, sutId }: ProvisioningKey): string => `${run} ${sutId}`;

type Kept = Pick<Media, 'close' | 'fetched' | 'inserted'>;

/**
 * What machines that run from their image read after they are provisioned, until their run is torn down or, where they are kept, until nobody holds
 * them any more. It ends with this process.
 */
export class StayingMedia {
  readonly #media = new Map<string, Kept>();
  readonly #handedOver = new Set<string>();

  keep(key: ProvisioningKey, media: Kept): void {
    this.#media.set(wordOf(key), media);
  }

  has(key: ProvisioningKey): boolean {
    return this.#media.has(wordOf(key));
  }

  /** Once: the image that is in a drive of a machine that is kept; undefined where it was handed over already. */
  handOver(key: ProvisioningKey): Kept | undefined {
    if (this.#handedOver.has(wordOf(key))) return undefined;
    this.#handedOver.add(wordOf(key));
    return this.#media.get(wordOf(key));
  }

  /** Nothing can be read any more; harmless where nothing was kept. */
  async end(store: WritableStore, key: ProvisioningKey): Promise<void> {
    const media = this.#media.get(wordOf(key));
    if (media === undefined) return;
    await media.close();
    this.#media.delete(wordOf(key));
    this.#handedOver.delete(wordOf(key));
    if (media.fetched !== null) updateProvisioning(store, key, { fetchedBytes: media.fetched });
  }
}
