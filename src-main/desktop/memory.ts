import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const Remembered = z.object({
  place: z
    .object({ x: z.number().exactOptional(), y: z.number().exactOptional(), width: z.number(), height: z.number(), maximised: z.boolean() })
    .nullable()
    .catch(null),
  /** The person has read once that runs go on when the window closes. */
  knowsRunsGoOn: z.boolean().catch(false),
});
export type Remembered = z.infer<typeof Remembered>;

/** What the window remembers between starts; a file that cannot be read or written only costs the comfort. */
export class Memory {
  readonly #file: string;
  #facts: Remembered;

  constructor(folder: string) {
    this.#file = join(folder, 'window.json');
    this.#facts = Remembered.parse(readJson(this.#file));
  }

  get facts(): Remembered {
    return this.#facts;
  }

  remember(changes: Partial<Remembered>): void {
    this.#facts = { ...this.#facts, ...changes };
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(this.#facts));
      renameSync(`${this.#file}.new`, this.#file);
    } catch (error) {
      console.error(error);
    }
  }
}

function readJson(file: string): unknown {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null ? content : {};
  } catch {
    return {};
  }
}
