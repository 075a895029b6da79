import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface WindowPlace {
  x?: number;
  y?: number;
  width: number;
  height: number;
  maximised: boolean;
}

export interface Remembered {
  place: WindowPlace | null;
  /** The person has read once that runs go on when the window closes. */
  knowsRunsGoOn: boolean;
}

/** What the window remembers between starts; a file that cannot be read or written only costs the comfort. */
export class Memory {
  readonly #file: string;
  #facts: Remembered;

  constructor(folder: string) {
    this.#file = join(folder, 'window.json');
    const { place, knowsRunsGoOn } = readJson(this.#file);
    this.#facts = { place: isPlace(place) ? place : null, knowsRunsGoOn: knowsRunsGoOn === true };
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

function readJson(file: string): Partial<Record<keyof Remembered, unknown>> {
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof content === 'object' && content !== null ? content : {};
  } catch {
    return {};
  }
}

// By hand, not by a schema: this is read before the window opens, and the schema library takes longer to load than this file.
function isPlace(value: unknown): value is WindowPlace {
  if (typeof value !== 'object' || value === null) return false;
  const { x, y, width, height, maximised } = value as Record<string, unknown>;
  const numbers = [width, height, x ?? 0, y ?? 0];
  return numbers.every((number) => Number.isFinite(number)) && typeof maximised === 'boolean';
}
