import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FoundArtefact } from './list-artefacts.ts';

const KEPT = 10_000;

/** sha256 of report files, each computed once for the size and time of change that it then had. */
export class ReportHashes {
  readonly #known = new Map<string, string>();

  async of(directory: string, { path, size, mtimeMs }: FoundArtefact): Promise<string> {
    const file = join(directory, path);
    const key = `${file}\n${size}\n${mtimeMs}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    const digest = hash.digest('hex');
    if (this.#known.size >= KEPT) this.#known.clear();
    this.#known.set(key, digest);
    return digest;
  }
}
