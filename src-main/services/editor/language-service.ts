import type { ContentStore } from '@atn/content-store';
import { join } from 'node:path';
import type { LanguageEvent } from '../../../src-shared/contract/harness/language.ts';
import type { Changes } from '../../changes.ts';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { ReadableStore } from '../../store/handle.ts';
import type { Caller } from '../caller.ts';
import { needTestData } from '../test-data/test-data-services.ts';
import { LanguageSession, type LanguageEnvironment } from './language-session.ts';
import { isAboutTexts } from './language-messages.ts';

export interface LanguageServices {
  store: ReadableStore;
  content: ContentStore;
  changes: Changes;
  log: Log;
  scratch: string;
  newId: () => string;
  /** An environment with the language server and the libraries of these test data; and what it depends on, as text. */
  environment: (testDataId: string, options: { signal: AbortSignal; onStep: (step: string) => void }) => Promise<LanguageEnvironment>;
  environmentKey: (testDataId: string) => string;
  /** How long a server may stand while nothing is typed, in milliseconds. */
  idleMs: number;
}

/** Each takes some hundred MB. */
const MOST_SERVERS = 4;
/** A server that dies is started again so often; then somebody has to want it. */
const MOST_RESTARTS = 3;

/** A language server for each window that edits, for as long as it reads. */
export class LanguageService {
  readonly #services: LanguageServices;
  readonly #sessions = new Map<string, LanguageSession>();
  readonly #leaving = new AbortController();

  constructor(services: LanguageServices) {
    this.#services = services;
  }

  async *follow(request: { id: string; caller: Caller; signal: AbortSignal | undefined }): AsyncGenerator<LanguageEvent, void, void> {
    needTestData(this.#services.store, request.id);
    if (this.#sessions.size >= MOST_SERVERS) {
      yield {
        type: 'away',
        why: `${MOST_SERVERS} windows look for errors while typing already. Close an editor there, then try again here.`,
      };
      return;
    }
    const left = new AbortController();
    const signal = AbortSignal.any([left.signal, this.#leaving.signal, ...(request.signal === undefined ? [] : [request.signal])]);
    const id = this.#services.newId();
    const session = new LanguageSession(this.#services, {
      id,
      testDataId: request.id,
      person: request.caller.user,
      signal,
      restarts: MOST_RESTARTS,
    });
    this.#sessions.set(id, session);
    try {
      yield* session.events();
    } finally {
      left.abort();
      this.#sessions.delete(id);
      await session.over;
    }
  }

  tell({ session: id, json, caller }: { session: string; json: string; caller: Caller }): { told: true } {
    const session = this.#sessions.get(id);
    if (session === undefined || session.person !== caller.user)
      throw new WorkbenchError('NOT_FOUND', 'This editor has left its language server. Open the file again.');
    if (!isAboutTexts(json)) throw new WorkbenchError('BAD_REQUEST', 'This is no message about a text.');
    session.tell(json);
    return { told: true };
  }

  async close(): Promise<void> {
    this.#leaving.abort();
    await Promise.all([...this.#sessions.values()].map(({ over }) => over));
  }
}

/** Why there is no language server, and what to do. */
export function sayAway(error: unknown): string {
  const { message, data } = asWorkbenchError(error);
  return `Errors while typing are off: ${[message, ...data.details.slice(-1)].join(' ')}`;
}

export function placeOf(scratch: string, id: string): string {
  return join(scratch, `language-${id}`);
}
