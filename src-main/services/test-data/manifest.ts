import { createHash } from 'node:crypto';
import { pathProblem, sortByPath } from './path-rules.ts';

export interface ManifestFile {
  path: string;
  size: number;
  sha256: string;
  executable: boolean;
}

const HEADER = 'atn-revision 1';

/**
 * What a revision is, and what its hash is taken of (sha256): the line `atn-revision 1`, then for each file, in the order of the bytes of
 * the paths, a line with the JSON array [path, size, sha256 of the content], with "x" as fourth element where the file is executable;
 * UTF-8, each line ended by one line feed. So two revisions have one hash exactly when they have the same paths with the same bytes.
 */
export function writeManifest(files: readonly ManifestFile[]): { hash: string; bytes: Buffer } {
  const sorted = sortByPath(files);
  const lines = sorted.map(({ path, size, sha256, executable }) => JSON.stringify([path, size, sha256, ...(executable ? ['x'] : [])]));
  const bytes = Buffer.from([HEADER, ...lines, ''].join('\n'));
  return { hash: createHash('sha256').update(bytes).digest('hex'), bytes };
}

/** Reads one back; throws when it is not one, or when a path in it would lead elsewhere. */
export function readManifest(bytes: Buffer): ManifestFile[] {
  const [header, ...lines] = bytes.toString('utf8').trimEnd().split('\n');
  if (header !== HEADER) throw new Error('This is not the list of files of a revision.');
  return lines.map((line) => {
    const [path, size, sha256, mark] = JSON.parse(line) as [string, number, string, string?];
    const problem = pathProblem(path);
    if (problem !== null) throw new Error(`The list of files of a revision names a file that ${problem}.`);
    return { path, size, sha256, executable: mark === 'x' };
  });
}
