import { open } from 'node:fs/promises';
import type { ImageDescription, ImageKind } from '../../../../src-shared/model/image.ts';
import { describeBootPair } from './boot-pair.ts';
import { describeDisk } from './disk.ts';
import { describeIso } from './iso.ts';
import type { ByteSource, Recognised } from './source.ts';

/** What the bytes of an image say of it. Whatever they say: a bounded number of reads, and never an error for what is merely strange. */
export async function describeImage(source: ByteSource): Promise<{ kind: ImageKind; description: ImageDescription }> {
  const iso = await describeIso(source);
  if (iso !== null) return { kind: 'iso', description: filled(iso) };
  const pair = await describeBootPair(source);
  if (pair !== null) return { kind: 'boot', description: filled(pair) };
  const disk = await describeDisk(source);
  return disk === null ? { kind: 'other', description: filled({}) } : { kind: 'disk', description: filled(disk) };
}

/** The same of a file. */
export async function describeFile(path: string): Promise<{ kind: ImageKind; description: ImageDescription }> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return await describeImage({
      size,
      read: async (offset, length) => {
        if (!Number.isSafeInteger(offset) || offset < 0 || offset >= size) return Buffer.alloc(0);
        const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(length, size - offset)), 0, null, offset);
        return buffer.subarray(0, bytesRead);
      },
    });
  } finally {
    await file.close();
  }
}

function filled({ volumeId, madeBy, madeAt, bootsBy, notes }: Recognised): ImageDescription {
  return { volumeId: volumeId ?? null, madeBy: madeBy ?? null, madeAt: madeAt ?? null, bootsBy: bootsBy ?? [], notes: notes ?? [] };
}
