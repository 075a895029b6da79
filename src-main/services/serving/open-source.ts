import { open } from 'node:fs/promises';

/**
 * A file of this computer or a part of it, in bytes; bytes that are nowhere else; several of them, by their paths below the address; or nothing but
 * thanks: that the address was asked for, or sent something, is all that counts.
 */
export type GrantSource =
  | { file: string; part?: { offset: number; length: number } }
  | { bytes: Uint8Array }
  | { files: readonly { path: string; bytes: Uint8Array }[] }
  | { callBack: true };

const THANKS = Buffer.from('Thank you.\n');

export interface OpenedSource {
  size: number;
  /** Fewer bytes than asked only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** A file stays the one that was opened, whatever takes its name meanwhile. */
export async function openSource(source: GrantSource): Promise<OpenedSource> {
  if ('callBack' in source) return openBytes(THANKS);
  if ('files' in source) return openBytes(Buffer.concat(source.files.map(({ bytes }) => bytes)));
  if ('bytes' in source) return openBytes(source.bytes);
  const file = await open(source.file, 'r');
  const { size: whole } = await file.stat();
  const { offset: begin, length: size } = source.part ?? { offset: 0, length: whole };
  return {
    size,
    read: async (offset, length) => {
      const buffer = Buffer.allocUnsafeSlow(length);
      const { bytesRead } = await file.read(buffer, 0, length, begin + offset);
      return bytesRead === length ? buffer : buffer.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}

export function openBytes(bytes: Uint8Array): OpenedSource {
  return {
    size: bytes.byteLength,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    close: () => Promise.resolve(),
  };
}
