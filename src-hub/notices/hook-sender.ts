import { afterTry } from '../../src-shared/model/after-try.ts';
import { HubNoticeBody, noticeText } from '../../src-shared/model/hub-notice.ts';
import type { LinkServices } from '../links/link-services.ts';
import { sendHook } from './send-hook.ts';

const LOOK_EVERY_MS = 2000;
const AT_ONCE = 20;
/** What another process has taken and not ended within this time is sent again. */
const TAKEN_MS = 60_000;

interface Given {
  services: LinkServices;
  allowsPrivate: boolean;
  report(message: string, error: unknown): void;
}

/** Sends what is due. Each process looks; whoever takes a message moves its time on, so that one sends it. */
export class HookSender {
  readonly #given: Given;
  readonly #leaving = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | null = null;

  constructor(given: Given) {
    this.#given = given;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#sending ??= this.#sendDue()
        .catch((error: unknown) => this.#given.report('webhooks could not be told', error))
        .finally(() => (this.#sending = null));
    }, LOOK_EVERY_MS).unref();
  }

  /** Resolves when nothing of it asks the store any more. What was on its way is sent again. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#leaving.abort();
    await this.#sending;
  }

  async #sendDue(): Promise<void> {
    const { store, now } = this.#given.services;
    const due = await store
      .selectFrom('notice_delivery as sent')
      .innerJoin('notice_hook as hook', 'hook.id', 'sent.hook_id')
      .innerJoin('notice', 'notice.id', 'sent.notice_id')
      .select(['sent.id', 'sent.tries', 'sent.next_at', 'hook.url', 'hook.signing_key'])
      .select(['notice.kind', 'notice.person', 'notice.subject', 'notice.body', 'notice.at'])
      .where('sent.next_at', '<=', now())
      .orderBy('sent.next_at')
      .limit(AT_ONCE)
      .execute();
    await Promise.all(due.map((each) => this.#sendOne(each)));
  }

  async #sendOne(due: Due): Promise<void> {
    const { services, allowsPrivate } = this.#given;
    const { store, now } = services;
    const taken = await store
      .updateTable('notice_delivery')
      .set({ next_at: now() + TAKEN_MS })
      .where('id', '=', due.id)
      .where('next_at', '=', due.next_at)
      .returning('id')
      .executeTakeFirst();
    if (taken === undefined) return;
    const body = bodyOf(due, services.hubName());
    const message = { url: due.url, key: due.signing_key, delivery: due.id, body, now: now(), allowsPrivate };
    const undelivered = await sendHook(message, this.#leaving.signal);
    if (this.#leaving.signal.aborted && undelivered !== null) return;
    const tries = due.tries + 1;
    const { state, pauseMs } = afterTry(tries, undelivered);
    const next_at = pauseMs === null ? null : now() + pauseMs;
    await store
      .updateTable('notice_delivery')
      .set({ state, tries, next_at, problem: undelivered?.problem ?? null })
      .where('id', '=', due.id)
      .execute();
  }
}

interface Due extends Pick<Parameters<typeof noticeText>[0], 'kind'> {
  id: string;
  tries: number;
  next_at: number | null;
  url: string;
  signing_key: string;
  person: string;
  subject: string;
  body: string;
  at: number;
}

function bodyOf({ kind, person, subject, body, at }: Due, hub: string): string {
  const about = HubNoticeBody.parse(JSON.parse(body));
  const words = noticeText({ kind, body: about }, (time) => new Date(time).toISOString());
  return JSON.stringify({ schema: 1, event: 'notice', hub, kind, person, at, subject, ...words, about });
}
