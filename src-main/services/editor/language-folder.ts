import type { ContentStore } from '@atn/content-store';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findDraft, listDrafts } from '../../store/drafts.ts';
import type { ReadableStore } from '../../store/handle.ts';
import { materialiseRevision, ROOT_FOLDER } from '../test-data/materialise-revision.ts';
import { pathProblem } from '../test-data/path-rules.ts';
import { readRevision } from '../test-data/read-revision.ts';

interface FolderServices {
  store: ReadableStore;
  content: ContentStore;
}

interface FolderOf {
  testDataId: string;
  person: string;
  revision: string;
  /** Made for this, and removed with it. */
  place: string;
  signal: AbortSignal;
}

/** What the Language Server Protocol calls a change of a file: 1 it is new, 2 it is another, 3 it is gone. */
export interface WatchedChange {
  uri: string;
  type: 1 | 2 | 3;
}

/** Files for a language server to look at: the newest revision, and over it what the person has typed. */
export class LanguageFolder {
  readonly folder: string;
  readonly rootUri: string;
  readonly #services: FolderServices;
  readonly #of: FolderOf;
  #revision: string;

  private constructor(services: FolderServices, of: FolderOf) {
    this.folder = join(of.place, ROOT_FOLDER);
    this.rootUri = pathToFileURL(this.folder).href;
    this.#services = services;
    this.#of = of;
    this.#revision = of.revision;
  }

  static async make(services: FolderServices, of: FolderOf): Promise<LanguageFolder> {
    const made = new LanguageFolder(services, of);
    await materialiseRevision(services.content, { revision: of.revision, folder: made.folder, signal: of.signal });
    await made.#writeDrafts();
    return made;
  }

  /** Brings the files to another revision; answers what has changed. */
  async follow(revision: string): Promise<WatchedChange[]> {
    if (revision === this.#revision) return [];
    const { content } = this.#services;
    const [before, after] = await Promise.all([hashes(content, this.#revision), hashes(content, revision)]);
    const gone = [...before.keys()].filter((path) => !after.has(path));
    const others = [...after].flatMap(([path, sha256]) => (before.get(path) === sha256 ? [] : [path]));
    for (const path of [...gone, ...others]) await rm(join(this.folder, path), { force: true });
    const wanted = new Set(others);
    await materialiseRevision(content, { revision, folder: this.folder, signal: this.#of.signal, only: (path) => wanted.has(path) });
    await this.#writeDrafts();
    this.#revision = revision;
    return [
      ...gone.map((path): WatchedChange => ({ uri: this.#uri(path), type: 3 })),
      ...others.map((path): WatchedChange => ({ uri: this.#uri(path), type: before.has(path) ? 2 : 1 })),
    ];
  }

  async remove(): Promise<void> {
    await rm(this.#of.place, { recursive: true, force: true, maxRetries: 5 });
  }

  async #writeDrafts(): Promise<void> {
    const { store } = this.#services;
    const { testDataId, person } = this.#of;
    for (const { path } of listDrafts(store, person, testDataId)) {
      const draft = findDraft(store, { testDataId, person, path });
      if (draft === undefined || pathProblem(path) !== null) continue;
      await mkdir(dirname(join(this.folder, path)), { recursive: true });
      await writeFile(join(this.folder, path), draft.text);
    }
  }

  #uri(path: string): string {
    return `${this.rootUri}/${path.split('/').map(encodeURIComponent).join('/')}`;
  }
}

async function hashes(content: ContentStore, revision: string): Promise<Map<string, string>> {
  return new Map((await readRevision(content, revision)).map(({ path, sha256 }) => [path, sha256]));
}
