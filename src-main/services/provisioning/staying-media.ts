import { updateProvisioning, type ProvisioningKey } from '../../store/provisionings.ts';
import type { WritableStore } from '../../store/handle.ts';
import type { Media } from './media.ts';

const wordOf = ({ run, sutId }: ProvisioningKey): string => `${run} ${sutId}`;

/** What machines that run from their image read after they are provisioned, until their run is torn down. It ends with this process. */
export class StayingMedia {
  readonly #media = new Map<string, Pick<Media, 'close' | 'fetched'>>();

  keep(key: ProvisioningKey, media: Pick<Media, 'close' | 'fetched'>): void {
    this.#media.set(wordOf(key), media);
  }

  /** Nothing can be read any more; harmless where nothing was kept. */
  async end(store: WritableStore, key: ProvisioningKey): Promise<void> {
    const media = this.#media.get(wordOf(key));
    if (media === undefined) return;
    await media.close();
    this.#media.delete(wordOf(key));
    if (media.fetched !== null) updateProvisioning(store, key, { fetchedBytes: media.fetched });
  }
}
