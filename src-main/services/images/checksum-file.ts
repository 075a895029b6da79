import { WorkbenchError } from '../../errors.ts';

const MOST_BYTES = 4 * 1024 * 1024;

/**
 * The sha256 of one file in a checksum file, as `sha256sum`, `sha256sum --tag` or BSD's `sha256` write it; a file with nothing but one hash is taken for it.
 * Throws BAD_REQUEST when the file is not in it.
 */
export function checksumOf(text: string, fileName: string): string {
  if (text.length > MOST_BYTES) throw new WorkbenchError('BAD_REQUEST', 'This is no checksum file: it is far too long.');
  const lines = text.split(/\r?\n/u).map((line) => line.trim());
  const entries = lines.flatMap((line) => {
    const plain = /^\\?([0-9a-f]{64})(?:\s+[ *]?(.+))?$/iu.exec(line);
    if (plain !== null) return [{ sha256: (plain[1] ?? '').toLowerCase(), name: plain[2] ?? null }];
    const tagged = /^SHA256 \((.+)\) = ([0-9a-f]{64})$/iu.exec(line);
    return tagged === null ? [] : [{ sha256: (tagged[2] ?? '').toLowerCase(), name: tagged[1] ?? null }];
  });
  const named = entries.find(({ name }) => name !== null && baseName(name) === fileName);
  if (named !== undefined) return named.sha256;
  const [only, ...others] = entries;
  if (only !== undefined && others.length === 0 && only.name === null) return only.sha256;
  throw new WorkbenchError(
    'BAD_REQUEST',
    `The checksum file says nothing of ${fileName}. It must have a line with its sha256 and its name.`,
  );
}

function baseName(path: string): string {
  return path.split(/[/\\]/u).at(-1) ?? path;
}
