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

const BLOCK = 512;
const MOST_FILES = 16;
const KERNEL = 'kernel';
const MAGIC = 'ustar';

/**
 * Kernel and initial RAM disks as one image, so that they have one hash and are never mixed up: a tar archive (POSIX ustar) with `kernel` first and
 * `initrd`, `initrd-2` … behind it, without owners and times, so that the same files always make the same image.
 */
export async function packBootFiles(
  kernel: string,
  initrds: readonly string[],
): Promise<{ size: number; bytes: AsyncIterable<Uint8Array> }> {
  const named = [kernel, ...initrds].map((path, index) => ({
    path,
    name: index === 0 ? KERNEL : index === 1 ? 'initrd' : `initrd-${index}`,
  }));
  const files = await Promise.all(named.map(async (each) => ({ ...each, size: await sizeOfFile(each.path) })));
  const size = files.reduce((sum, file) => sum + BLOCK + padded(file.size), 2 * BLOCK);
  return { size, bytes: archive(files) };
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
  const text = await source.read(offset + start.readUInt16LE(0x20e) + 0x200, 128);
  return /^[\w.+~-]+/u.exec(text.toString('latin1'))?.[0] ?? null;
}

async function sizeOfFile(path: string): Promise<number> {
  const file = await stat(path).catch((cause: unknown) => {
    throw new WorkbenchError('BAD_REQUEST', `${path} cannot be read. Check that it is there and that you may read it.`, { cause });
  });
  if (!file.isFile() || file.size === 0) throw new WorkbenchError('BAD_REQUEST', `${path} is no file with something in it.`);
  return file.size;
}

async function* archive(files: readonly { path: string; name: string; size: number }[]): AsyncGenerator<Uint8Array, void, void> {
  for (const { path, name, size } of files) {
    yield header(name, size);
    let sent = 0;
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
      sent += chunk.byteLength;
      yield chunk;
    }
    if (sent !== size) throw new WorkbenchError('BAD_REQUEST', `${path} was changed while it was read. Import it again.`);
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
