import { formatBytes } from '../../../../src-shared/text/quantities.ts';
import { kernelVersion, readBootFiles } from '../boot-files.ts';
import type { ByteSource, Recognised } from './source.ts';

/** A kernel with its initial RAM disks, as the library keeps them; null when it is none. */
export async function describeBootPair(source: ByteSource): Promise<Recognised | null> {
  const files = await readBootFiles(source);
  if (files === null) return null;
  const version = await kernelVersion(source, files.kernel);
  const kernel = `${version === null ? 'kernel' : `Linux ${version}`}, ${formatBytes(files.kernel.length)}`;
  return { notes: [kernel, ...files.initrds.map(({ length }) => `initial RAM disk, ${formatBytes(length)}`)] };
}
