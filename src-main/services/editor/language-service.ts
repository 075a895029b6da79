import type { LanguageEvent } from '../../../src-shared/contract/harness/language.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Caller } from '../caller.ts';
import { needTestData } from '../test-data/test-data-services.ts';
import { isAboutTexts } from './language-messages.ts';
import type { LanguageServices } from './language-services.ts';
import { LanguageSession } from './language-session.ts';

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
