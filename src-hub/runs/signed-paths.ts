import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** An address opens so long. */
const LASTS_MS = 12 * 3_600_000;

/** A part of an address that nobody can guess and that is good for half a day: it says what it stands for, so nothing is remembered of it. */
export class SignedPaths {
  readonly #key: Buffer;
  readonly #now: () => number;

  constructor({ folder, now }: { folder: string; now(): number }) {
    this.#key = keyIn(folder);
    this.#now = now;
  }

  sign(what: string): string {
    const until = this.#now() + LASTS_MS;
    return `${this.#of(what, until)}.${until.toString(36)}.${what}`;
  }

  /** What it stands for; null: it is not ours, or no longer good. */
  open(token: string): string | null {
    const [signature = '', until = '', ...rest] = token.split('.');
    const what = rest.join('.');
    const end = Number.parseInt(until, 36);
    return end > this.#now() && same(signature, this.#of(what, end)) ? what : null;
  }

  #of(what: string, until: number): string {
    return createHmac('sha256', this.#key).update(`${what} ${until}`).digest('base64url');
  }
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

/** Made once; all processes of a hub share the folder. */
function keyIn(folder: string): Buffer {
  const file = join(folder, '.report-key');
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file);
}
