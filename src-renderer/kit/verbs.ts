import type { ReactNode } from 'react';

/** Something a person can do or go to, as the palette lists it. */
export interface Verb {
  /** Unique in the app: `runs.new`, `run.stop`. */
  readonly id: string;
  readonly label: string;
  /** Dim, after the label: what it works on or why it asks first. */
  readonly hint?: string;
  readonly icon?: ReactNode;
  /** Keys of the hotkey registry. A verb of a mounted page is a hotkey too. */
  readonly keys?: string;
  /** More words to be found by. */
  readonly words?: string;
  /** Where it goes, or what it does: one of the two. */
  readonly href?: string;
  readonly run?: () => void;
  /** Left out of the palette while it answers false: what makes no sense now is not offered. */
  readonly when?: () => boolean;
  /** Found by typing only, so that an empty palette shows what is done daily. */
  readonly quiet?: boolean;
}

export interface VerbSource {
  /** Head of the group in the palette: "Runs". */
  readonly title: string;
  readonly scope: 'machines' | 'runs' | 'other';
  /** Asked at each change of the text (already quiet for 120 ms); answer at most 8. Empty text: the most recent. */
  readonly find: (text: string, signal: AbortSignal) => Promise<readonly Verb[]> | readonly Verb[];
}

/** Verbs of what is on the screen now; newest set first. */
class VerbRegistry {
  readonly #sets: { readonly title: string; readonly verbs: readonly Verb[] }[] = [];
  readonly #listeners = new Set<() => void>();
  #snapshot: readonly { readonly title: string; readonly verbs: readonly Verb[] }[] = [];

  add(title: string, verbs: readonly Verb[]): () => void {
    const set = { title, verbs };
    this.#sets.unshift(set);
    this.#changed();
    return () => {
      const at = this.#sets.indexOf(set);
      if (at >= 0) this.#sets.splice(at, 1);
      this.#changed();
    };
  }

  list = (): readonly { readonly title: string; readonly verbs: readonly Verb[] }[] => this.#snapshot;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #changed(): void {
    this.#snapshot = [...this.#sets];
    for (const listener of this.#listeners) listener();
  }
}

export const verbs = new VerbRegistry();
