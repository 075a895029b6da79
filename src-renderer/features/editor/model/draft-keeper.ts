import type { DraftResult } from '../../../../src-shared/contract/harness/editor.ts';

/** How long after a change it is kept, in milliseconds: what a kill of everything can cost. */
export const KEEP_AFTER = 250;

export interface DraftCalls {
  save(draft: { base: string; text: string; expected: number | null }): Promise<DraftResult>;
  /** Runs something after a while; answers how not to. */
  later(deed: () => void, milliseconds: number): () => void;
}

export interface DraftState {
  /** `typed`: not kept yet. `kept`: on the harness's disk. `lost`: it could not be kept, `problem` says why. `other`: another window changed it. */
  readonly status: 'clean' | 'typed' | 'kept' | 'lost' | 'other';
  readonly problem: unknown;
  /** What the other window made of it; null: it was saved or thrown away there. */
  readonly theirs: string | null;
}

/**
 * Keeps what is typed into one file as a draft, one write at a time and always the newest text, so that writes cannot pass each other. What cannot be
 * kept (the harness is away) is tried again with the next change and by `retry`.
 */
export class DraftKeeper {
  readonly #calls: DraftCalls;
  readonly #tell: (state: DraftState) => void;
  #read: (() => string) | null = null;
  #cancel: (() => void) | null = null;
  #writing: Promise<void> | null = null;
  #status: DraftState['status'];
  base: string;
  version: number | null;

  constructor(start: { base: string; version: number | null }, calls: DraftCalls, tell: (state: DraftState) => void) {
    this.base = start.base;
    this.version = start.version;
    this.#status = start.version === null ? 'clean' : 'kept';
    this.#calls = calls;
    this.#tell = tell;
  }

  /** Whether there is something that is no revision yet. */
  get dirty(): boolean {
    return this.#status !== 'clean';
  }

  /** `read` is asked for the text when it is written, not at each key. */
  changed(read: () => string): void {
    this.#read = read;
    if (this.#status === 'other') return; // a person decides first
    if (this.#status !== 'typed') this.#say('typed');
    this.#cancel ??= this.#calls.later(() => void this.flush(), KEEP_AFTER);
  }

  /** Writes what is typed now; resolves when nothing is left to write, or it cannot be. */
  async flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = null;
    while (this.#read !== null && this.#status !== 'other') {
      if (this.#writing !== null) {
        await this.#writing;
        continue;
      }
      const read = this.#read;
      this.#read = null;
      this.#writing = this.#write(read);
      await this.#writing;
      if (this.#status === 'lost') return;
    }
    await this.#writing;
  }

  /** It was saved, or thrown away: from here on it begins anew. */
  begin(base: string): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#read = null;
    this.base = base;
    this.version = null;
    this.#say('clean');
  }

  /** The person has seen what the other window says and goes on with her own text over version `version`. */
  goOn(version: number | null, read: () => string): void {
    this.version = version;
    this.#status = 'typed';
    this.changed(read);
    void this.flush();
  }

  async #write(read: () => string): Promise<void> {
    try {
      const result = await this.#calls.save({ base: this.base, text: read(), expected: this.version });
      if (result.type === 'saved') {
        this.version = result.draft.version;
        this.#say(this.#read === null ? 'kept' : 'typed');
      } else {
        this.version = result.draft?.version ?? null;
        this.#say('other', { theirs: result.text });
      }
    } catch (problem) {
      this.#read ??= read;
      this.#say('lost', { problem });
    } finally {
      this.#writing = null;
    }
  }

  #say(status: DraftState['status'], more: Partial<DraftState> = {}): void {
    this.#status = status;
    this.#tell({ status, problem: null, theirs: null, ...more });
  }
}
