import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WorkbenchError } from '../../errors.ts';
import { sayPath } from '../test-data/path-rules.ts';
import type { SourceFile } from '../test-data/import-source.ts';
import { openZip } from '../test-data/zip-source.ts';
import { CapsuleManifest, MANIFEST, MANIFEST_HASH } from './capsule-file.ts';

const LARGEST_MANIFEST = 256 * 1024 * 1024;

/**
 * Unpacks a capsule into a folder, by the rules and limits of every archive, and holds each file against the manifest. Throws
 * ARCHIVE_REFUSED, naming the first file that is missing, not named in the manifest, or other than it says.
 */
export async function openCapsule(file: string, folder: string, signal: AbortSignal): Promise<CapsuleManifest> {
  const zip = await openZip(file, signal);
  try {
    const found = new Map(zip.files.map((each) => [each.path, each]));
    const manifest = await readManifest(found, folder);
    const named = new Map(manifest.files.map((each) => [each.path, each]));
    for (const path of found.keys())
      if (!named.has(path) && path !== MANIFEST && path !== MANIFEST_HASH)
        throw refused(`The file "${sayPath(path)}" is not named in its manifest`);
    for (const { path, sha256, size } of manifest.files) {
      signal.throwIfAborted();
      const member = found.get(path);
      if (member === undefined) throw refused(`The file "${sayPath(path)}" is missing`);
      const actual = await unpack(member, folder);
      if (actual.sha256 !== sha256 || actual.size !== size)
        throw refused(`The file "${sayPath(path)}" is not what its manifest says: it was changed`);
    }
    return manifest;
  } finally {
    await zip.close();
  }
}

async function readManifest(found: ReadonlyMap<string, SourceFile>, folder: string): Promise<CapsuleManifest> {
  const [manifest, hash] = [found.get(MANIFEST), found.get(MANIFEST_HASH)];
  if (manifest === undefined || hash === undefined || manifest.size > LARGEST_MANIFEST || hash.size > 200)
    throw refused(`It is no run capsule: it has no ${MANIFEST}`);
  const { sha256 } = await unpack(manifest, folder);
  await unpack(hash, folder);
  if ((await readFile(join(folder, MANIFEST_HASH), 'utf8')).trim() !== sha256)
    throw refused(`The file "${MANIFEST}" is not what its hash says: it was changed`);
  const parsed = CapsuleManifest.safeParse(parseJson(await readFile(join(folder, MANIFEST), 'utf8')));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw refused(`Its ${MANIFEST} cannot be read; it may come from a newer workbench`, issues.slice(0, 20));
}

async function unpack(member: SourceFile, folder: string): Promise<{ sha256: string; size: number }> {
  const target = join(folder, member.path);
  await mkdir(dirname(target), { recursive: true });
  const hash = createHash('sha256');
  let size = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  const content = await member.open();
  await pipeline(
    typeof content === 'string' ? Readable.from([await readFile(content)]) : Readable.from(content),
    counting,
    createWriteStream(target),
  );
  return { sha256: hash.digest('hex'), size };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(why: string, details: string[] = []): WorkbenchError {
  return new WorkbenchError('ARCHIVE_REFUSED', `This capsule is not taken. ${why}. Nothing of it was kept.`, { details });
}
