import { realpath, stat } from 'node:fs/promises';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import { WorkbenchError } from '../../errors.ts';
import { findTestData } from '../../store/test-data.ts';
import { deleteLink, findLink, listLinks, saveLink, saveLinkState, type LinkRow } from '../../store/test-data-links.ts';
import { lookAtLink } from './check-link.ts';
import { openGit, checkPlace, type GitRequest, importGit } from './git-source.ts';
import { importInto, importTestData, type Imported, type ImportOptions, type ImportRequest } from './import-test-data.ts';
import { openSource } from './open-source.ts';
import { sayPath } from './path-rules.ts';
import { announceTestData, needTestData, type TestDataServices } from './test-data-services.ts';
import { watchEdits } from './replaced-edits.ts';
import { FolderTreeWatch } from './watch-folder.ts';

/** The first seconds of a start belong to the window. */
const FIRST_MS = 2000;
/** Servers are not asked more often by themselves. */
const ASK_GIT_EVERY_MS = 30 * 60_000;

/** Test data that follow a folder or a repository: linked, looked at when something happens there, taken when somebody says so. */
export class TestDataLinks {
  readonly #services: TestDataServices;
  readonly #watches = new Map<string, { place: string; watch: FolderTreeWatch }>();
  readonly #checking = new Map<string, Promise<TestData>>();
  readonly #closing = new AbortController();
  #first: NodeJS.Timeout | null = null;
  #stopListening: () => void = () => undefined;
  #asking: NodeJS.Timeout | null = null;

  constructor(services: TestDataServices) {
    this.#services = services;
  }

  /** Looks at every link, one after the other, and watches folders from then on. */
  start(afterMs = FIRST_MS): void {
    this.#stopListening = this.#services.changes.on('testData:changed', ({ ids }) => ids.forEach((id) => this.#keepUp(id)));
    this.#asking = setInterval(() => void this.#checkAll('git'), ASK_GIT_EVERY_MS).unref();
    this.#first = setTimeout(() => void this.#checkAll('folder').then(() => this.#checkAll('git')), afterMs).unref();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#stopListening();
    if (this.#asking !== null) clearInterval(this.#asking);
    if (this.#first !== null) clearTimeout(this.#first);
    for (const id of [...this.#watches.keys()]) this.#stopWatching(id);
    await Promise.allSettled(this.#checking.values());
  }

  async importPath(request: ImportRequest & { link: boolean }): Promise<Imported> {
    const takenAt = Date.now();
    if (request.link) await needFolder(request.path);
    const imported = await importTestData(this.#services, request);
    if (!request.link) return imported;
    const { id, newest } = imported.testData;
    const place = await realpath(request.path);
    return { ...imported, testData: await this.#link({ ...FOLDER, testDataId: id, place, taken: newest.hash, takenAt }) };
  }

  async importGit(request: GitRequest & { link: boolean }): Promise<Imported> {
    const takenAt = Date.now();
    const imported = await importGit(this.#services, request);
    if (!request.link) return imported;
    const { url, ...place } = checkPlace(request);
    const taken = imported.commit ?? null;
    return {
      ...imported,
      testData: await this.#link({ kind: 'git', ...place, place: url, testDataId: imported.testData.id, taken, takenAt }),
    };
  }

  /** From now on they follow this folder; whether it is newer than the newest revision is said at once. */
  async linkFolder({ id, path }: { id: string; path: string }): Promise<TestData> {
    const { newest } = needTestData(this.#services.store, id);
    await needFolder(path);
    return this.#link({ ...FOLDER, testDataId: id, place: await realpath(path), taken: newest.hash, takenAt: 0 });
  }

  unlink(id: string): TestData {
    needTestData(this.#services.store, id);
    deleteLink(this.#services.store, id);
    this.#stopWatching(id);
    announceTestData(this.#services, id);
    return needTestData(this.#services.store, id);
  }

  /** Looks now. Who asks while somebody looks gets what a look after that finds. */
  async check(id: string): Promise<TestData> {
    needLink(this.#services, id);
    await this.#checking.get(id)?.catch(() => undefined);
    const check = this.#checking.get(id) ?? this.#checkNow(id).finally(() => this.#checking.delete(id));
    this.#checking.set(id, check);
    return check;
  }

  /** What is there becomes the newest revision. */
  async take({ id, ...options }: { id: string } & ImportOptions): Promise<Imported> {
    const link = needLink(this.#services, id);
    const takenAt = Date.now();
    const replacedEdits = await watchEdits(this.#services, link);
    const imported = await importInto(this.#services, {
      ...options,
      target: { id },
      open: async (say) => {
        if (link.kind === 'git') return openGit(this.#services, { ...link, url: link.place }, { signal: options.signal, say });
        const onFound = (files: number) => say('Looking what is there', { done: files, total: null, unit: 'files' });
        const { kind, ...opened } = await openSource({ path: link.place, signal: options.signal, onFound });
        return { ...opened, origin: { kind, place: link.place, ref: null, commit: null, subfolder: null } };
      },
    });
    imported.warnings.push(...(await replacedEdits()));
    // Unlinked meanwhile: what was taken is there all the same.
    if (findLink(this.#services.store, id) === undefined) return imported;
    const taken = link.kind === 'git' ? (imported.commit ?? null) : imported.testData.newest.hash;
    saveLink(this.#services.store, { ...link, taken, takenAt });
    return { ...imported, testData: await this.check(id) };
  }

  async #link(link: LinkRow): Promise<TestData> {
    saveLink(this.#services.store, link);
    return this.check(link.testDataId);
  }

  async #checkAll(kind: LinkRow['kind']): Promise<void> {
    for (const link of listLinks(this.#services.store).filter((each) => each.kind === kind)) {
      if (this.#closing.signal.aborted) return;
      await this.check(link.testDataId).catch((error: unknown) => {
        if (!this.#closing.signal.aborted)
          this.#services.log.warn('a link of test data could not be looked at', { testData: link.testDataId, error: String(error) });
      });
    }
  }

  async #checkNow(id: string): Promise<TestData> {
    const { store, clock } = this.#services;
    const link = needLink(this.#services, id);
    this.#watch(link);
    const before = needTestData(store, id).link;
    const found = await lookAtLink(this.#services, link, this.#closing.signal);
    saveLinkState(store, id, { ...found, checkedAt: clock.now() });
    const testData = needTestData(store, id);
    const facts = ({ state, newer, problem, place }: NonNullable<TestData['link']>) => JSON.stringify([state, newer, problem, place]);
    if (before === null || testData.link === null || facts(before) !== facts(testData.link)) announceTestData(this.#services, id);
    return testData;
  }

  #watch({ kind, place, testDataId }: LinkRow): void {
    if (kind !== 'folder' || this.#closing.signal.aborted) return;
    const before = this.#watches.get(testDataId);
    if (before?.place !== place) {
      this.#stopWatching(testDataId);
      this.#watches.set(testDataId, { place, watch: new FolderTreeWatch(place, () => void this.#onChange(testDataId)) });
    }
    const watch = this.#watches.get(testDataId)?.watch;
    if (watch?.isWatching === false) void watch.start();
  }

  /** What was removed, unlinked or archived is not watched any more; what came back is looked at. */
  #keepUp(id: string): void {
    const testData = findTestData(this.#services.store, id);
    const isFollowed = testData?.archivedAt === null && testData.link?.kind === 'folder';
    if (!isFollowed) this.#stopWatching(id);
    else if (!this.#watches.has(id)) void this.#onChange(id);
  }

  async #onChange(id: string): Promise<void> {
    if (findLink(this.#services.store, id) === undefined) return void this.#stopWatching(id);
    await this.check(id).catch((error: unknown) =>
      this.#services.log.warn('a linked folder could not be looked at', { testData: id, error: String(error) }),
    );
  }

  #stopWatching(id: string): void {
    this.#watches.get(id)?.watch.close();
    this.#watches.delete(id);
  }
}

const FOLDER = { kind: 'folder', ref: null, subfolder: null } as const;

async function needFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found?.isDirectory() === true) return;
  throw new WorkbenchError(
    'BAD_REQUEST',
    `${sayPath(path)} is not a folder that can be read. Only folders and repositories can be followed.`,
  );
}

function needLink({ store }: TestDataServices, id: string): LinkRow {
  const { name } = needTestData(store, id);
  const link = findLink(store, id);
  if (link === undefined) throw new WorkbenchError('CONFLICT', `${name} follows no folder and no repository. Link one first.`);
  return link;
}
