/** A key or chord of a page: `mod+k`, `shift+r`, `g r`, `/`. `mod` is Ctrl, and the command key on a Mac. */
export interface Hotkey {
  readonly keys: string;
  /** What it does, as the sheet of keys says it. */
  readonly label: string;
  readonly run: () => void;
  /** Works while typing too; only for keys with `mod`. */
  readonly whileTyping?: boolean;
}

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** A chord's second key must come within this time, in milliseconds. */
const CHORD_TIME = 1200;

/** One press as it is written in `Hotkey.keys`. Shift is written with letters and named keys only: `?` already says it. */
export function nameOfPress({ key, ctrlKey, metaKey, shiftKey, altKey }: Press): string {
  const named = key === ' ' ? 'space' : key.toLowerCase();
  const shifted = shiftKey && (named.length > 1 || named !== named.toUpperCase());
  return [ctrlKey || metaKey ? 'mod' : '', altKey ? 'alt' : '', shifted ? 'shift' : '', named].filter((part) => part !== '').join('+');
}

/**
 * All keys that work now. The newest set wins, so a page overrides the shell and a panel overrides its page; leaving takes its keys along.
 */
export class HotkeyRegistry {
  readonly #sets: (readonly Hotkey[])[] = [];
  readonly #listeners = new Set<() => void>();
  #began: { readonly keys: string; readonly at: number } | null = null;
  #snapshot: readonly Hotkey[] = [];

  add(set: readonly Hotkey[]): () => void {
    this.#sets.push(set);
    this.#changed();
    return () => {
      const at = this.#sets.indexOf(set);
      if (at >= 0) this.#sets.splice(at, 1);
      this.#changed();
    };
  }

  /** Does what the press means; true when it meant something. */
  press(press: Press, typing: boolean, now: number): boolean {
    const name = nameOfPress(press);
    if (['shift', 'control', 'alt', 'meta'].some((modifier) => name.endsWith(modifier))) return false;
    const began = this.#began !== null && now - this.#began.at <= CHORD_TIME && !name.includes('mod+') ? this.#began.keys : null;
    this.#began = null;
    // A begun chord takes the next key with it: `g` and a slip of the finger must not start a run.
    const found = this.#find(began === null ? name : `${began} ${name}`);
    if (found !== undefined) {
      if (typing && found.whileTyping !== true) return false;
      found.run();
      return true;
    }
    if (began === null && !typing && this.#snapshot.some((hotkey) => hotkey.keys.startsWith(`${name} `)))
      this.#began = { keys: name, at: now };
    return false;
  }

  /** Newest first, one entry a key. */
  list = (): readonly Hotkey[] => this.#snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #find(keys: string): Hotkey | undefined {
    return this.#snapshot.find((hotkey) => hotkey.keys === keys);
  }

  #changed(): void {
    const seen = new Set<string>();
    this.#snapshot = this.#sets
      .toReversed()
      .flat()
      .filter(({ keys }) => !seen.has(keys) && seen.add(keys).has(keys));
    for (const listener of this.#listeners) listener();
  }
}

export const hotkeys = new HotkeyRegistry();
