import { watch, type FSWatcher } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { isIgnoredFolder } from './ignore-list.ts';

/** Editors and git write many files in a row: it is quiet for this long before anybody is told, yet not much longer than `LATEST_MS`. */
const QUIET_MS = 400;
const LATEST_MS = 5000;
/** Each folder takes one watch of the system's, of which there are not many. What lies beyond is looked at from time to time only. */
const MOST_FOLDERS = 1000;
/** Where watching does not reach everything (network disks, limits, a folder that is gone) it is looked at so often. */
const LOOK_EVERY_MS = 60_000;

/** Tells, some time after, that something below a folder may have changed. Costs nothing while nothing happens. */
export class FolderTreeWatch {
  readonly #folder: string;
  readonly #onChange: () => void;
  readonly #watchers = new Map<string, FSWatcher>();
  #isWhole = true;
  #closed = false;
  #placing: Promise<void> | null = null;
  #quiet: NodeJS.Timeout | null = null;
  #firstAt = 0;
  readonly #looking: NodeJS.Timeout;

  constructor(folder: string, onChange: () => void) {
    this.#folder = folder;
    this.#onChange = onChange;
    this.#looking = setInterval(() => this.#look(), LOOK_EVERY_MS).unref();
  }

  /** False when the folder is not there, or was not when it was looked for last. */
  get isWatching(): boolean {
    return this.#watchers.has('');
  }

  /** Resolves when everything that can be is being watched. */
  async start(): Promise<void> {
    this.#placing ??= this.#place().finally(() => (this.#placing = null));
    await this.#placing;
  }

  close(): void {
    this.#closed = true;
    clearInterval(this.#looking);
    if (this.#quiet !== null) clearTimeout(this.#quiet);
    for (const path of [...this.#watchers.keys()]) this.#drop(path);
  }

  async #place(): Promise<void> {
    this.#isWhole = true;
    if (process.platform === 'linux') await this.#placeBelow('');
    else this.#watchOne('', { recursive: true });
  }

  /** Linux has no watch for a whole tree. */
  async #placeBelow(path: string): Promise<void> {
    if (this.#closed || this.#watchers.size >= MOST_FOLDERS) return void (this.#isWhole = false);
    this.#watchOne(path);
    const opened = await opendir(join(this.#folder, path)).catch(() => null);
    if (opened === null) return;
    for await (const entry of opened) {
      if (entry.isDirectory() && !isIgnoredFolder(entry.name)) await this.#placeBelow(join(path, entry.name));
    }
  }

  #watchOne(path: string, options: { recursive?: boolean } = {}): void {
    if (this.#closed || this.#watchers.has(path)) return;
    try {
      const watcher = watch(join(this.#folder, path), { ...options, persistent: false }, () => this.#onEvent());
      watcher.on('error', () => {
        this.#drop(path);
        this.#onEvent();
      });
      this.#watchers.set(path, watcher);
    } catch {
      this.#isWhole = false;
    }
  }

  #drop(path: string): void {
    this.#watchers.get(path)?.close();
    this.#watchers.delete(path);
  }

  #onEvent(): void {
    const now = Date.now();
    if (this.#quiet === null) this.#firstAt = now;
    else clearTimeout(this.#quiet);
    const pause = Math.max(0, Math.min(QUIET_MS, this.#firstAt + LATEST_MS - now));
    this.#quiet = setTimeout(() => this.#tell(), pause);
  }

  #tell(): void {
    this.#quiet = null;
    if (this.#closed) return;
    // Folders may have come, gone, or come again under the same name: watches of gone ones say nothing any more.
    for (const path of [...this.#watchers.keys()]) this.#drop(path);
    void this.start();
    this.#onChange();
  }

  #look(): void {
    if (!this.#isWhole || !this.isWatching) this.#tell();
  }
}
