/** One file of a folder, by its path below that folder, with `/`. */
export interface FolderFile {
  readonly path: string;
  readonly file: Blob;
}

/** The format counts in 16 and 32 bits. */
const MOST_FILES = 65_000;
const MOST_BYTES = 4_000_000_000;
/** Parts of a file are read so large at once, in bytes. */
const PIECE = 4_000_000;
/** Names are UTF-8; nothing is compressed; every file dates from the first day that the format knows, so the same folder is the same content. */
const UTF8 = 0x08_00;
const VERSION = 20;
const FIRST_DAY = 0x00_21;

/**
 * A zip of these files, in the order of their paths; their bytes stay where they are until it is sent. Throws a sentence for people where
 * there is nothing, or too much.
 */
export async function zipFiles(files: readonly FolderFile[], name: string): Promise<File> {
  if (files.length === 0) throw new Error('There are no files in this folder.');
  if (files.length > MOST_FILES) throw new Error(`This folder has more than ${MOST_FILES} files. Bring a part of it.`);
  if (files.reduce((sum, { file }) => sum + file.size, 0) > MOST_BYTES)
    throw new Error('This folder has more than 4 GB. Bring a part of it, or a zip that you made yourself.');
  const bodies: Blob[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const { path, file } of [...files].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const title = new TextEncoder().encode(path);
    const facts = [VERSION, UTF8, 0, 0, FIRST_DAY];
    const sizes = [await checksumOf(file), file.size, file.size];
    const head = record(0x04_03_4b_50, { shorts: facts, longs: sizes, tail: [title.length, 0] });
    bodies.push(new Blob([head, title, file]));
    directory.push(
      record(0x02_01_4b_50, { shorts: [VERSION, ...facts], longs: sizes, tail: [title.length, 0, 0, 0, 0, 0, 0], end: at }),
      title,
    );
    at += head.length + title.length + file.size;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = record(0x06_05_4b_50, { shorts: [0, 0, files.length, files.length], longs: [size, at], tail: [0] });
  return new File([...bodies, ...directory, end], name, { type: 'application/zip' });
}

interface Fields {
  shorts: readonly number[];
  longs: readonly number[];
  tail: readonly number[];
  /** One more long behind all. */
  end?: number;
}

/** A mark, 16-bit, 32-bit and again 16-bit numbers, little end first. */
function record(mark: number, { shorts, longs, tail, end }: Fields): Uint8Array<ArrayBuffer> {
  const longsLast = end === undefined ? [] : [end];
  const view = new DataView(new ArrayBuffer(4 + (shorts.length + tail.length) * 2 + (longs.length + longsLast.length) * 4));
  let at = 0;
  const long = (value: number): void => (view.setUint32((at += 4) - 4, value, true), undefined);
  const short = (value: number): void => (view.setUint16((at += 2) - 2, value, true), undefined);
  long(mark);
  shorts.forEach(short);
  longs.forEach(long);
  tail.forEach(short);
  longsLast.forEach(long);
  return new Uint8Array(view.buffer);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? 0xed_b8_83_20 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** CRC-32, read piece by piece. */
async function checksumOf(file: Blob): Promise<number> {
  let sum = 0xff_ff_ff_ff;
  for (let from = 0; from < file.size; from += PIECE) {
    const bytes = new Uint8Array(await file.slice(from, from + PIECE).arrayBuffer());
    for (const byte of bytes) sum = (TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  }
  return (sum ^ 0xff_ff_ff_ff) >>> 0;
}
