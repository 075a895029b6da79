import { stat } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { WorkbenchError } from '../../errors.ts';
import { isIgnoredFile, isIgnoredFolder } from './ignore-list.ts';
import { LIMITS } from './import-limits.ts';
import type { ImportSource, SourceFile } from './import-source.ts';
import { pathProblem, sayPath } from './path-rules.ts';

/** Beyond these an archive is made to fill a disk: text seldom packs better than 20:1. */
const BOMB = { ratio: 250, fromBytes: 4 * 1024 ** 2 };
const FROM_UNIX = 3;
const KIND_MASK = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;
const UTF8_FLAG = 0x800;

interface Member {
  path: string;
  entry: Entry;
}

/** Looks at every entry of an archive before anything of it is unpacked. Throws ARCHIVE_REFUSED, naming the entry. */
export async function openZip(file: string, signal: AbortSignal): Promise<ImportSource> {
  const zip = await open(file);
  try {
    const members = await readMembers(zip, signal);
    refuseBomb(members, (await stat(file)).size);
    return {
      files: withoutSingleFolder(members).map(({ path, entry }) => sourceFile(zip, path, entry)),
      warnings: [],
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function open(file: string): Promise<ZipFile> {
  try {
    return await openPromise(file, { autoClose: false, lazyEntries: true, decodeStrings: false, validateEntrySizes: true });
  } catch (cause) {
    throw broken(cause);
  }
}

async function readMembers(zip: ZipFile, signal: AbortSignal): Promise<Member[]> {
  const members: Member[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      signal.throwIfAborted();
      if (members.length >= LIMITS.files) throw refused(`It has more than ${LIMITS.files} files`);
      const member = accept(entry);
      if (member !== null) members.push(member);
    }
  } catch (error) {
    if (signal.aborted || error instanceof WorkbenchError) throw error;
    throw broken(error);
  }
  refuseClashes(members);
  return members;
}

/** Null for folders and for what is never test data. */
function accept(entry: Entry): Member | null {
  const name = nameOf(entry);
  const path = name.replace(/\/$/u, '');
  const problem = pathProblem(path);
  if (problem !== null) throw refused(`The entry "${sayPath(name)}" ${problem}`);
  const kind = kindOf(entry);
  if (kind !== 0 && kind !== REGULAR && kind !== FOLDER) throw refused(`The entry "${sayPath(name)}" is a link or a device`);
  if (name.endsWith('/') || kind === FOLDER) return null;
  if (entry.isEncrypted()) throw refused(`The entry "${sayPath(name)}" is encrypted. Unpack the archive yourself and import the folder`);
  if (!entry.canDecodeFileData())
    throw refused(`The entry "${sayPath(name)}" is packed in a way that is not supported (method ${entry.compressionMethod})`);
  if (isBomb(entry.uncompressedSize, entry.compressedSize))
    throw refused(`The entry "${sayPath(name)}" unpacks to ${entry.uncompressedSize} bytes from ${entry.compressedSize}`);
  const segments = path.split('/');
  const isIgnored = segments.slice(0, -1).some(isIgnoredFolder) || isIgnoredFile(segments.at(-1) ?? '');
  return isIgnored ? null : { path, entry };
}

/** By the standard a name without its flag is in an old code page; most that carry such bytes are UTF-8 all the same. */
function nameOf(entry: Entry): string {
  const raw = entry.fileNameRaw;
  const utf8 = decodeUtf8(raw);
  if ((entry.generalPurposeBitFlag & UTF8_FLAG) !== 0) {
    if (utf8 === null) throw refused(`The entry "${sayPath(raw.toString('latin1'))}" has a name that is not valid Unicode`);
    return utf8.replaceAll('\\', '/');
  }
  const declared = getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false);
  return utf8 === null || entry.extraFields.some(({ id }) => id === 0x7075) ? declared : utf8.replaceAll('\\', '/');
}

function decodeUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The file type bits where the archive comes from a system that has them, else 0. */
function kindOf({ versionMadeBy, externalFileAttributes }: Entry): number {
  return versionMadeBy >>> 8 === FROM_UNIX ? (externalFileAttributes >>> 16) & KIND_MASK : 0;
}

function isBomb(unpacked: number, packed: number): boolean {
  return unpacked > BOMB.fromBytes && unpacked > packed * BOMB.ratio;
}

/** Entries may overlap, so that each looks harmless: all together are held against the size of the file, too. */
function refuseBomb(members: readonly Member[], archiveBytes: number): void {
  const total = members.reduce((sum, { entry }) => sum + entry.uncompressedSize, 0);
  if (total > LIMITS.bytes) throw refused(`It unpacks to more than ${Math.floor(LIMITS.bytes / 1024 ** 2)} MB`);
  if (isBomb(total, archiveBytes)) throw refused(`It unpacks to ${total} bytes from ${archiveBytes}`);
}

function refuseClashes(members: readonly Member[]): void {
  const paths = new Set<string>();
  for (const { path } of members) {
    if (paths.has(path)) throw refused(`The entry "${sayPath(path)}" is there twice`);
    paths.add(path);
  }
  for (const path of paths) {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      if (paths.has(path.slice(0, end))) throw refused(`The entry "${sayPath(path.slice(0, end))}" is a file and a folder at once`);
    }
  }
}

/** An archive of a folder holds that folder; what is wanted is its content, as when the folder itself is imported. */
function withoutSingleFolder(members: Member[]): Member[] {
  const first = members[0]?.path.split('/')[0];
  if (first === undefined || !members.every(({ path }) => path.startsWith(`${first}/`))) return members;
  return members.map(({ path, entry }) => ({ path: path.slice(first.length + 1), entry }));
}

function sourceFile(zip: ZipFile, path: string, entry: Entry): SourceFile {
  const executable =
    entry.versionMadeBy >>> 8 === FROM_UNIX && ((entry.externalFileAttributes >>> 16) & 0o100) !== 0 && process.platform !== 'win32';
  return { path, size: entry.uncompressedSize, executable, open: async () => checked(zip, path, entry) };
}

/** The content, held against the checksum that the archive gives for it. */
async function* checked(zip: ZipFile, path: string, entry: Entry): AsyncGenerator<Uint8Array> {
  let sum = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const bytes = chunk as Buffer;
      sum = crc32(bytes, sum);
      yield bytes;
    }
  } catch (cause) {
    throw refused(`The entry "${sayPath(path)}" is damaged`, cause);
  }
  if (sum !== entry.crc32) throw refused(`The entry "${sayPath(path)}" is damaged: its checksum is another one`);
}

function refused(why: string, cause?: unknown): WorkbenchError {
  return new WorkbenchError('ARCHIVE_REFUSED', `This archive is not taken. ${why}. Nothing of it was kept.`, { cause });
}

function broken(cause: unknown): WorkbenchError {
  return new WorkbenchError(
    'ARCHIVE_REFUSED',
    'This is not a zip archive that can be read: it is damaged or of another kind. Nothing of it was kept.',
    {
      details: [cause instanceof Error ? cause.message : String(cause)],
      cause,
    },
  );
}
