import { readFile, stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { Readable } from 'node:stream';
import type { ImageWords } from '../../../src-shared/contract/harness/images.ts';
import { WorkbenchError } from '../../errors.ts';
import { packBootFiles, partOf, versionOf, type Part } from './boot-files.ts';
import { checksumOf } from './checksum-file.ts';
import type { ImageServices } from './image-services.ts';
import { keepImage, nameFrom, type KeepOptions, type KeptImage } from './keep-image.ts';

/** A file of the harness's machine. Throws BAD_REQUEST when it cannot be read, and what `keepImage` throws. */
export async function importFile(
  services: ImageServices,
  {
    path,
    initrds = [],
    checksumFile,
    ...words
  }: ImageWords & { path: string; initrds?: readonly string[]; checksumFile?: string | undefined },
  options: KeepOptions,
): Promise<KeptImage> {
  if (!isAbsolute(path)) throw new WorkbenchError('BAD_REQUEST', 'Say the whole path of the image.');
  if (initrds.length > 0) return importBootFiles(services, { path, initrds, words }, options);
  const file = await stat(path).catch((cause: unknown) => {
    throw new WorkbenchError('BAD_REQUEST', `${path} cannot be read. Check that it is there and that you may read it.`, { cause });
  });
  if (!file.isFile() || file.size === 0) throw new WorkbenchError('BAD_REQUEST', `${path} is no file with an image in it.`);
  const fileName = basename(path);
  const listed = checksumFile === undefined ? undefined : checksumOf(await readChecksums(checksumFile), fileName);
  if (listed !== undefined && words.sha256 !== undefined && listed !== words.sha256)
    throw new WorkbenchError('BAD_REQUEST', `The checksum file says another sha256 of ${fileName} than the one that was given.`);
  const sha256 = words.sha256 ?? listed;
  const expected = sha256 === undefined ? {} : { sha256 };
  return keepImage(services, { words: { ...words, ...expected }, fileName, origin: path, size: file.size, bytes: path }, options);
}

/** A kernel and what it starts from, kept as one image. */
async function importBootFiles(
  services: ImageServices,
  { path, initrds, words }: { path: string; initrds: readonly string[]; words: ImageWords },
  options: KeepOptions,
): Promise<KeptImage> {
  const relative = initrds.find((each) => !isAbsolute(each));
  if (relative !== undefined) throw new WorkbenchError('BAD_REQUEST', `Say the whole path of ${relative}.`);
  const parts = await Promise.all([path, ...initrds].map(partOf));
  return keepParts(services, { parts, words }, options);
}

async function readChecksums(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new WorkbenchError('BAD_REQUEST', `The checksum file ${path} cannot be read.`, { cause });
  }
}

interface Uploaded {
  name: string;
  size: number;
  stream(): unknown;
}

/** What came over the wire; it is hashed as it comes. With `initrds` it is a kernel. */
export async function importUpload(
  services: ImageServices,
  { file, initrds, ...words }: ImageWords & { file: Uploaded; initrds: readonly Uploaded[] },
  options: KeepOptions,
): Promise<KeptImage> {
  const empty = [file, ...initrds].find(({ size }) => size === 0);
  if (empty !== undefined) throw new WorkbenchError('BAD_REQUEST', `${empty.name} is empty.`);
  if (initrds.length > 0) return keepParts(services, { parts: [file, ...initrds].map(uploadedPart), words }, options);
  const { name, size, bytes } = uploadedPart(file);
  return keepImage(services, { words, fileName: name, origin: name, size, bytes: bytes() }, options);
}

const uploadedPart = (file: Uploaded): Part => ({
  name: basename(file.name),
  size: file.size,
  bytes: () => Readable.fromWeb(file.stream() as Parameters<typeof Readable.fromWeb>[0]) as AsyncIterable<Uint8Array>,
});

/** Installers call every kernel `linux` or `vmlinuz`: without another name it gets its version behind that. */
async function keepParts(
  services: ImageServices,
  { parts, words }: { parts: readonly Part[]; words: ImageWords },
  options: KeepOptions,
): Promise<KeptImage> {
  const [kernel] = parts;
  const fileName = basename(kernel?.name ?? '');
  const version = kernel === undefined || words.name !== undefined ? null : await versionOf(kernel);
  const said = version === null || fileName.includes(version) ? {} : { name: `${nameFrom(fileName)} ${version}` };
  const origin = parts.map(({ name }) => name).join(', ');
  return keepImage(services, { words: { ...said, ...words }, fileName, origin, ...packBootFiles(parts) }, options);
}
