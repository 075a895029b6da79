import type { ImageKind } from '../../../src-shared/model/image.ts';
import type { ProvisioningBinding, ProvisioningChoice } from '../../../src-shared/model/recipe.ts';
import type { ProvisioningServices } from './provisioning-services.ts';

export interface WantedImage {
  name: string;
  sha256: string;
  /** Bytes; null while it is still to be fetched. */
  size: number | null;
  /** Null likewise. */
  kind: ImageKind | null;
}

type Images = Pick<ProvisioningServices['images'], 'find' | 'foresee'>;

/** The image that somebody names: that of the library, or the one that will be fetched; `problem`: why there is none. */
export function wantedImage(
  images: Images,
  { image: name, imageSource: source }: Pick<ProvisioningChoice, 'image' | 'imageSource'>,
): { image: WantedImage | null; problem: string | null } {
  const named = source?.sha256 ?? name;
  const here = named === null ? undefined : images.find(named);
  if (here !== undefined) return { image: here, problem: null };
  if (source !== undefined) {
    const { name: label, problem } = images.foresee({ ...source, name });
    return problem === null ? { image: { name: label, sha256: source.sha256, size: null, kind: null }, problem } : { image: null, problem };
  }
  const problem = `There is no image ${name ?? ''} on this harness. Import it, say an address that it is fetched from, or choose another.`;
  return { image: null, problem: name === null ? null : problem };
}

export interface ReadyOptions {
  /** Whose run it is. */
  startedBy: string;
  /** The run is stopped: what is fetched for it alone is not fetched any more. */
  cancel: AbortSignal;
  /** The harness closes: its next start goes on with what is being fetched. */
  leaving: AbortSignal;
  onNote: (note: string) => void;
}

/** Before any machine is touched: the image of a run is in the library. */
export async function fetchWantedImage(
  { images }: Pick<ProvisioningServices, 'images'>,
  { image, imageSource }: Pick<ProvisioningBinding, 'image' | 'imageSource'>,
  options: ReadyOptions,
): Promise<void> {
  if (image === null || imageSource === undefined || images.find(image.sha256) !== undefined) return;
  await images.fetch({ ...imageSource, name: image.name }, options);
}
