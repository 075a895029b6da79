/** Something that can be read at any place, for instance an open file. */
export interface ByteSource {
  readonly size: number;
  /** At most `length` bytes from `offset` on; fewer where it ends. */
  read(offset: number, length: number): Promise<Buffer>;
}

/** What one look recognised; every field may be missing. */
export interface Recognised {
  volumeId?: string;
  madeBy?: string;
  madeAt?: number;
  bootsBy?: ('bios' | 'uefi')[];
  notes?: string[];
}

/** A text of fixed length as old formats keep it: padded with spaces or zeros, in whatever letters. Null when nothing is in it. */
export function paddedText(bytes: Buffer): string | null {
  const text = bytes
    .toString('latin1')
    .replaceAll(/[\p{Cc}]/gu, ' ')
    .trim()
    .replaceAll(/\s+/gu, ' ');
  return text === '' ? null : text;
}
