import { accessSync, constants, type Dirent, type Stats } from 'node:fs';
import { open, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WorkbenchError } from '../../errors.ts';
import { ENVIRONMENT_MARK, isIgnoredFile, isIgnoredFolder, ROBOT_OUTPUTS } from './ignore-list.ts';
import { LIMITS, refuseTooMuch } from './import-limits.ts';
import type { ImportSource, SourceFile } from './import-source.ts';
import { pathProblem, sayPath } from './path-rules.ts';

interface Walk {
  root: string;
  files: SourceFile[];
  warnings: string[];
  bytes: number;
  leftOut: ReadonlySet<string>;
  signal: AbortSignal;
  onFound: (files: number) => void;
}

export interface FolderRequest {
  folder: string;
  signal: AbortSignal;
  onFound: (files: number) => void;
}

/** Lists a folder without following links. Its content is read later, file by file. */
export async function openFolder({ folder, signal, onFound }: FolderRequest): Promise<ImportSource> {
  const outputs = await robotOutputs(folder);
  const walk: Walk = { root: folder, files: [], warnings: [], bytes: 0, leftOut: new Set(outputs), signal, onFound };
  if (outputs.length > 0) walk.warnings.push(`${outputs.join(', ')} of an earlier run were left out.`);
  await walkFolder(walk, '');
  return { files: walk.files, warnings: walk.warnings, close: () => undefined };
}

async function walkFolder(walk: Walk, folder: string): Promise<void> {
  const entries = await readFolder(walk, folder);
  if (folder !== '' && entries.some(({ name }) => name.toString() === ENVIRONMENT_MARK)) {
    walk.warnings.push(`${sayPath(folder)} is a Python environment and was left out.`);
    return;
  }
  for (const entry of entries) {
    walk.signal.throwIfAborted();
    await visit(walk, folder, entry);
  }
}

async function visit(walk: Walk, folder: string, entry: Dirent): Promise<void> {
  const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
  if (entry.isSymbolicLink()) return void walk.warnings.push(`${sayPath(path)} is a symbolic link and was left out.`);
  if (entry.isDirectory()) return isIgnoredFolder(entry.name) ? undefined : walkFolder(walk, path);
  if (isIgnoredFile(entry.name) || walk.leftOut.has(path)) return;
  if (!entry.isFile()) return void walk.warnings.push(`${sayPath(path)} is no ordinary file and was left out.`);
  const problem = pathProblem(path);
  if (problem !== null) throw new WorkbenchError('BAD_REQUEST', `${sayPath(path)} ${problem}. Rename it and import again.`);
  await add(walk, path);
}

async function add(walk: Walk, path: string): Promise<void> {
  const file = join(walk.root, path);
  const found = await stat(file).catch((cause: unknown) => unreadable(path, cause));
  walk.files.push({
    path,
    size: found.size,
    executable: isExecutable(found),
    changedAt: Math.max(found.mtimeMs, found.ctimeMs),
    open: () => Promise.resolve(file),
  });
  walk.bytes += found.size;
  refuseTooMuch({ files: walk.files.length, bytes: walk.bytes }, LIMITS);
  walk.onFound(walk.files.length);
}

async function readFolder(walk: Walk, folder: string): Promise<Dirent[]> {
  const entries: Dirent[] = [];
  const place = join(walk.root, folder);
  const opened = await opendir(place, { bufferSize: 256 }).catch((cause: unknown) => unreadable(folder || walk.root, cause));
  for await (const entry of opened) {
    // A name that is not valid UTF-8 comes with replacement characters, under which nothing can be opened.
    if (entry.name.includes('\uFFFD'))
      walk.warnings.push(`${sayPath(`${folder}/${entry.name}`)} has a name that is not valid Unicode and was left out.`);
    else entries.push(entry);
  }
  return entries;
}

/** Windows has no such mark: files are executable there by their name. */
function isExecutable({ mode }: Stats): boolean {
  return process.platform !== 'win32' && (mode & 0o100) !== 0;
}

/** The names of a report in the folder itself, when it really is one of Robot's. */
async function robotOutputs(folder: string): Promise<string[]> {
  const beginning = await firstBytes(join(folder, 'output.xml'), 400);
  if (!/<robot\s[^>]*generator="(?:Robot|Rebot)/u.test(beginning)) return [];
  return ROBOT_OUTPUTS.filter((name) => exists(join(folder, name)));
}

async function firstBytes(file: string, count: number): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead).toString('latin1');
  } catch {
    return '';
  } finally {
    await handle.close();
  }
}

function exists(file: string): boolean {
  try {
    accessSync(file, constants.F_OK);
    return true;
  } catch {
    return false;
  }
}

function unreadable(path: string, cause: unknown): never {
  throw new WorkbenchError('BAD_REQUEST', `${sayPath(path)} cannot be read. Check its permissions, or leave it out.`, {
    details: [String(cause)],
    cause,
  });
}
