import { open, stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { WorkbenchError } from '../../errors.ts';
import type { ByteSource } from './describe/source.ts';

/** A file inside a kept image; bytes. */
export interface BootFile {
  name: string;
  offset: number;
  length: number;
}

/** A kernel with the file systems that it starts from. */
export interface BootFiles {
  kernel: BootFile;
  initrds: BootFile[];
}

/** A file that becomes a part of such an image. */
export interface Part {
  name: string;
  /** Bytes. */
  size: number;
  bytes: () => AsyncIterable<Uint8Array>;
}

const BLOCK = 512;
const MOST_FILES = 16;
/** Where a kernel says its version lies before this: the field that points there has 16 bits. */
const HEAD_BYTES = 0x10_000 + 0x200 + 128;
const KERNEL = 'kernel';
const MAGIC = 'ustar';

/**
 * Kernel and initial RAM disks as one image, so that they have one hash and are never mixed up: a tar archive (POSIX ustar) with `kernel` first and
 * `initrd`, `initrd-2` … behind it, without owners and times, so that the same files always make the same image.
 */
export function packBootFiles(files: readonly Part[]): { size: number; bytes: AsyncIterable<Uint8Array> } {
  const parts = files.map((part, index) => ({ ...part, as: index === 0 ? KERNEL : index === 1 ? 'initrd' : `initrd-${index}` }));
  const size = parts.reduce((sum, part) => sum + BLOCK + padded(part.size), 2 * BLOCK);
  return { size, bytes: archive(parts) };
}

/** A file on this computer as a part of one. Throws BAD_REQUEST when it cannot be read. */
export async function partOf(path: string): Promise<Part> {
  return { name: path, size: await sizeOfFile(path), bytes: () => createReadStream(path, { highWaterMark: 1 << 20 }) };
}

/** What is where in such an image; null when it is none. */
export async function readBootFiles(source: ByteSource): Promise<BootFiles | null> {
  const found: BootFile[] = [];
  for (let at = 0; at + BLOCK <= source.size && found.length < MOST_FILES;) {
    const header = await source.read(at, BLOCK);
    if (header.length < BLOCK || header.toString('latin1', 257, 262) !== MAGIC) break;
    const length = Number.parseInt(header.toString('latin1', 124, 136), 8);
    const name = header.toString('latin1', 0, 100).split('\0')[0] ?? '';
    if (!Number.isSafeInteger(length) || length < 0 || at + BLOCK + length > source.size) return null;
    found.push({ name, offset: at + BLOCK, length });
    at += BLOCK + padded(length);
  }
  const [kernel, ...initrds] = found;
  if (kernel?.name !== KERNEL || initrds.some(({ name }) => !/^initrd(?:-\d+)?$/u.test(name))) return null;
  return { kernel, initrds };
}

/** The same of a file. Throws BAD_REQUEST when it is no such image. */
export async function bootFilesOf(path: string): Promise<BootFiles> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const read = async (offset: number, length: number) => (await file.read(Buffer.alloc(length), 0, length, offset)).buffer;
    const files = await readBootFiles({ size, read });
    if (files === null)
      throw new WorkbenchError('BAD_REQUEST', 'This image has no kernel in it. Import kernel and initial RAM disk again.');
    return files;
  } finally {
    await file.close();
  }
}

/** What a Linux kernel says its version is (Documentation/arch/x86/boot.rst); null for another kernel. */
export async function kernelVersion(source: ByteSource, { offset, length }: BootFile): Promise<string | null> {
  const start = await source.read(offset, Math.min(length, 0x212));
  if (start.length < 0x212 || start.toString('latin1', 0x202, 0x206) !== 'HdrS') return null;
  const pointer = start.readUInt16LE(0x20e);
  if (pointer === 0) return null;
  const text = await source.read(offset + pointer + 0x200, 128);
  return /^[\w.+~-]+/u.exec(text.toString('latin1'))?.[0] ?? null;
}

/** The same of a file that is not kept yet. */
export async function versionOf({ size, bytes }: Part): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let have = 0;
  for await (const chunk of bytes()) {
    chunks.push(chunk);
    if ((have += chunk.byteLength) >= HEAD_BYTES) break;
  }
  const head = Buffer.concat(chunks);
  const read = (offset: number, length: number) => Promise.resolve(head.subarray(offset, offset + length));
  return kernelVersion({ size: head.length, read }, { name: KERNEL, offset: 0, length: size });
}

async function sizeOfFile(path: string): Promise<number> {
  const file = await stat(path).catch((cause: unknown) => {
    throw new WorkbenchError('BAD_REQUEST', `${path} cannot be read. Check that it is there and that you may read it.`, { cause });
  });
  if (!file.isFile() || file.size === 0) throw new WorkbenchError('BAD_REQUEST', `${path} is no file with something in it.`);
  return file.size;
}

async function* archive(parts: readonly (Part & { as: string })[]): AsyncGenerator<Uint8Array, void, void> {
  for (const { name, as, size, bytes } of parts) {
    yield header(as, size);
    let sent = 0;
    for await (const chunk of bytes()) {
      sent += chunk.byteLength;
      yield chunk;
    }
    if (sent !== size) throw new WorkbenchError('BAD_REQUEST', `${name} was changed while it was read. Import it again.`);
    yield Buffer.alloc(padded(size) - size);
  }
  yield Buffer.alloc(2 * BLOCK);
}

function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(name, 0, 'latin1');
  block.write(octal(0o644, 7), 100, 'latin1');
  block.write(octal(0, 7), 108, 'latin1');
  block.write(octal(0, 7), 116, 'latin1');
  block.write(octal(size, 11), 124, 'latin1');
  block.write(octal(0, 11), 136, 'latin1');
  block.write(' '.repeat(8), 148, 'latin1');
  block.write('0', 156, 'latin1');
  block.write(`${MAGIC}\0` + '00', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;
