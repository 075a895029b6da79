import { ImageSource } from '../../src-shared/model/recipe.ts';
import { UsageError } from './usage.ts';

/** `--image-url` with `--image-sha256`: an image that is fetched first where the library has not got it. */
export const IMAGE_SOURCE = { 'image-url': { type: 'string' }, 'image-sha256': { type: 'string' } } as const;

type Values = { readonly [K in keyof typeof IMAGE_SOURCE]?: string | undefined };

export function imageSourceFrom(values: Values): { imageSource?: ImageSource } {
  const { 'image-url': url, 'image-sha256': sha256 } = values;
  if (url === undefined && sha256 === undefined) return {};
  if (url === undefined || sha256 === undefined)
    throw new UsageError('--image-url and --image-sha256 go together: only then it is known which image the run gets.');
  const source = ImageSource.safeParse({ url, sha256: sha256.toLowerCase() });
  if (!source.success) throw new UsageError('--image-sha256 is 64 digits and letters from a to f, as sha256sum prints them.');
  return { imageSource: source.data };
}
