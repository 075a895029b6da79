import { startLanguageServer, type LanguageServer } from '../../robot/language-server.ts';
import { findTestData } from '../../store/test-data.ts';
import { LanguageEvents } from './language-events.ts';
import { LanguageFolder } from './language-folder.ts';
import { placeOf, sayAway, type LanguageEnvironment, type LanguageServices } from './language-services.ts';

interface SessionOf {
  id: string;
  testDataId: string;
  person: string;
  signal: AbortSignal;
  /** How often a server that dies is started again. */
  restarts: number;
}

type End = 'left' | 'died' | 'asleep' | 'libraries';

/** One window's language server: prepared, started, started again, put to sleep and woken. `over` resolves when nothing of it is left. */
export class LanguageSession {
  readonly person: string;
  readonly over: Promise<void>;
  readonly #services: LanguageServices;
  readonly #of: SessionOf;
  readonly #events = new LanguageEvents();
  #server: LanguageServer | null = null;
  #end: (end: End) => void = () => undefined;
  #wake: () => void = () => undefined;
  #wanted = false;
  #idle: NodeJS.Timeout | null = null;

  constructor(services: LanguageServices, of: SessionOf) {
    this.#services = services;
    this.#of = of;
    this.person = of.person;
    this.over = this.#live().finally(() => this.#events.close());
  }

  events() {
    return this.#events.read();
  }

  /** What is told to a server that sleeps only wakes it: the window opens its documents anew then. */
  tell(json: string): void {
    if (this.#server === null) {
      this.#wanted = true;
      return this.#wake();
    }
    this.#server.send(json);
    this.#stayAwake();
  }

  async #live(): Promise<void> {
    const { id, signal } = this.#of;
    const onLeave = () => {
      this.#end('left');
      this.#wake();
    };
    signal.addEventListener('abort', onLeave);
    let deaths = 0;
    try {
      while (!signal.aborted && deaths <= this.#of.restarts) {
        const end = await this.#serve();
        if (end === 'died') deaths += 1;
        if (end === 'asleep') await this.#sleep();
      }
      if (!signal.aborted)
        this.#away('Errors while typing are off: the language server ended again and again. Try again, or go on without it.');
    } catch (error) {
      if (!signal.aborted) {
        this.#services.log.warn('no language server for an editor', { session: id, reason: String(error) });
        this.#away(sayAway(error));
      }
    }
    // Where it cannot be had the window keeps the reason before its eyes.
    while (!signal.aborted) await this.#sleep();
    signal.removeEventListener('abort', onLeave);
  }

  #away(why: string): void {
    this.#events.tell({ type: 'away', why });
  }

  async #sleep(): Promise<void> {
    if (!this.#of.signal.aborted && !this.#wanted) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#wanted = false;
  }

  /** From nothing to the end of one server. */
  async #serve(): Promise<End> {
    const { id, testDataId, person, signal } = this.#of;
    const { store } = this.#services;
    this.#events.tell({ type: 'preparing', step: 'Making the language server ready' });
    const key = this.#services.environmentKey(testDataId);
    const onStep = (step: string) => this.#events.tell({ type: 'preparing', step });
    const environment = await this.#services.environment(testDataId, { signal, onStep });
    const newest = () => findTestData(store, testDataId)?.newest.hash;
    const revision = newest();
    if (revision === undefined) return 'left';
    const folder = await LanguageFolder.make(this.#services, {
      testDataId,
      person,
      revision,
      place: placeOf(this.#services.scratch, id),
      signal,
    });
    const ended = new AbortController();
    const stops: (() => void)[] = [() => ended.abort()];
    try {
      this.#events.tell({ type: 'preparing', step: 'Starting the language server' });
      return await new Promise<End>((resolve, reject) => {
        this.#end = resolve;
        stops.push(this.#services.changes.on('testData:changed', () => void this.#followRevision(folder, newest())));
        stops.push(
          this.#services.changes.on('libraries:changed', () => key !== this.#services.environmentKey(testDataId) && resolve('libraries')),
        );
        this.#start(environment, folder, AbortSignal.any([signal, ended.signal])).catch(reject);
      });
    } finally {
      for (const stop of stops) stop();
      if (this.#idle !== null) clearTimeout(this.#idle);
      const server = this.#server;
      this.#server = null; // what is told from here on wakes the next one
      await server?.stop();
      await folder.remove();
    }
  }

  async #start(environment: LanguageEnvironment, folder: LanguageFolder, signal: AbortSignal): Promise<void> {
    const server = await startLanguageServer({
      ...environment,
      folder: folder.folder,
      rootUri: folder.rootUri,
      signal,
      onMessage: (json) => this.#events.tell({ type: 'message', json }),
      onEnd: (why) => {
        if (why !== '') this.#services.log.warn('a language server has ended', { why });
        this.#end('died');
      },
    });
    if (signal.aborted) return void (await server.stop());
    this.#server = server;
    this.#wanted = false;
    this.#stayAwake();
    this.#events.tell({ type: 'ready', session: this.#of.id, rootUri: folder.rootUri });
  }

  #stayAwake(): void {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      this.#events.tell({ type: 'asleep' });
      this.#end('asleep');
    }, this.#services.idleMs).unref();
  }

  /** One after the other: two revisions that come at once must not write the same files. */
  #following: Promise<void> = Promise.resolve();

  #followRevision(folder: LanguageFolder, revision: string | undefined): Promise<void> {
    this.#following = this.#following.then(async () => {
      if (revision === undefined) return this.#end('left');
      try {
        const changes = await folder.follow(revision);
        if (changes.length > 0)
          this.#server?.send(JSON.stringify({ jsonrpc: '2.0', method: 'workspace/didChangeWatchedFiles', params: { changes } }));
      } catch {
        this.#end('died'); // the next server begins with whole files
      }
    });
    return this.#following;
  }
}
