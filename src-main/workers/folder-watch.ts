import { statSync, watch, type FSWatcher } from 'node:fs';
import { basename } from 'node:path';
import type { RunFolder } from '../robot/run-files.ts';

/** Watching a folder can fail silently (network disks, limits): so often it is looked at anyway. */
const SAFETY_NET_MS = 500;

/** Wakes its reader when something in a run folder changes. */
export class FolderWatch {
  readonly #folder: RunFolder;
  readonly #watcher: FSWatcher | null;
  #changed = false;
  #spoke = true;
  #heardAt = 0;
  #pausing = false;
  #resolve: (() => void) | null = null;

  constructor(folder: RunFolder) {
    this.#folder = folder;
    this.#watcher = this.#open();
  }

  #open(): FSWatcher | null {
    try {
      const watcher = watch(this.#folder.folder, (_event, name) => this.#onChange(name));
      watcher.on('error', () => watcher.close());
      return watcher;
    } catch {
      return null; // the safety net is enough
    }
  }

  #onChange(name: string | null): void {
    this.#changed = true;
    this.#spoke ||= name === null || name === basename(this.#folder.supervisor) || name === basename(this.#folder.exit);
    if (this.#pausing && name !== basename(this.#folder.exit)) return;
    this.#resolve?.();
  }

  /** Ends the wait, and the pause before it. */
  wake(): void {
    this.#changed = true;
    this.#spoke = true;
    this.#resolve?.();
  }

  /**
   * Whether the supervisor's files are to be read: one of them has changed, or they were not read for a while. The record changes a hundred
   * times as often.
   */
  hears(): boolean {
    const now = performance.now();
    if (!this.#spoke && now - this.#heardAt < SAFETY_NET_MS) return false;
    this.#spoke = false;
    this.#heardAt = now;
    return true;
  }

  /** Resolves at the next change, yet not before `pauseMs` have passed, and after `longestMs` at last. The end of a run waits for nothing. */
  async next(pauseMs: number, longestMs = SAFETY_NET_MS): Promise<void> {
    this.#pausing = true;
    await this.#wait(pauseMs);
    this.#pausing = false;
    if (!this.#changed) await this.#wait(Math.min(longestMs, SAFETY_NET_MS));
    this.#changed = false;
  }

  async #wait(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#resolve = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#resolve = null;
  }

  close(): void {
    this.#watcher?.close();
  }
}

/** Size and time of a file in one text: changes whenever the file does. */
export function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.size} ${stat.mtimeMs}`;
}
