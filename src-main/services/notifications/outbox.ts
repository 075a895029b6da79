import { afterTry } from '../../../src-shared/model/after-try.ts';
import { newId } from '../../new-id.ts';
import {
  addDelivery,
  deleteOldDeliveries,
  findChannel,
  findVerdictBefore,
  listChannels,
  listDueDeliveries,
  listRunsEndedSince,
  noteLooked,
  noteTry,
  type ChannelRow,
  type DueDelivery,
} from '../../store/notifications.ts';
import { findRun, toSummary } from '../../store/runs.ts';
import { messageOf } from './message.ts';
import type { NotificationServices } from './notifications.ts';
import { sendTo } from './send-to.ts';
import { whyTold } from './why-told.ts';

/** What the secret of a channel holds. */
export interface Address {
  url: string;
  key: string | null;
}

const LOOK_EVERY_MS = 5000;
const KEEP_MS = 30 * 24 * 3600_000;

/** Writes down what is to be told, and sends what is due. */
export class Outbox {
  readonly #services: NotificationServices;
  readonly #leaving = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #stop: (() => void) | undefined;
  #sending: Promise<void> | null = null;

  constructor(services: NotificationServices) {
    this.#services = services;
  }

  get signal(): AbortSignal {
    return this.#leaving.signal;
  }

  start(): void {
    const { changes, clock, store } = this.#services;
    const look = () => {
      this.#writeDown();
      this.#send();
    };
    this.#stop = changes.on('run:ended', () => setImmediate(look));
    deleteOldDeliveries(store, clock.now() - KEEP_MS);
    this.#timer = setInterval(() => this.#send(), LOOK_EVERY_MS).unref();
    look();
  }

  close(): void {
    this.#stop?.();
    clearInterval(this.#timer);
    this.#leaving.abort();
  }

  #writeDown(): void {
    const { store, log } = this.#services;
    if (this.signal.aborted) return;
    try {
      for (const channel of listChannels(store).filter(({ enabled }) => enabled)) this.#writeFor(channel);
    } catch (error) {
      log.error('what is to be told of ended runs could not be written down', error);
    }
  }

  /** A run that ended in the same millisecond as the last one is looked at again, and told once all the same. */
  #writeFor(channel: ChannelRow): void {
    const { store, clock, harnessName } = this.#services;
    for (const id of listRunsEndedSince(store, channel.lookedAt)) {
      const row = findRun(store, id);
      if (row === undefined || row.verdict === null || row.ended_at === null) continue;
      const { verdict, ended_at: endedAt } = row;
      const run = toSummary(row);
      const before = findVerdictBefore(store, row);
      const of = whyTold(verdict, before).filter((why) => channel.of.includes(why));
      const wanted = of.length > 0 && (channel.planId === null || run.plan?.id === channel.planId);
      const now = clock.now();
      store.transaction(() => {
        if (wanted) {
          const body = messageOf(channel.kind, { run, of, before, harness: harnessName() });
          addDelivery(store, { id: newId(now), channelId: channel.id, runId: id, runName: run.name, verdict, of, body, nextAt: now });
        }
        noteLooked(store, channel.id, endedAt);
      })();
    }
  }

  #send(): void {
    if (this.signal.aborted) return;
    this.#sending ??= this.#sendDue()
      .catch((error: unknown) => this.#services.log.error('notifications could not be sent', error))
      .finally(() => (this.#sending = null));
  }

  async #sendDue(): Promise<void> {
    const { store, clock } = this.#services;
    for (;;) {
      const due = listDueDeliveries(store, clock.now());
      if (due.length === 0) return;
      for (const delivery of due) {
        await this.#sendOne(delivery);
        if (this.signal.aborted) return;
      }
    }
  }

  async #sendOne({ id, channelId, body, tries }: DueDelivery): Promise<void> {
    const { store, clock, log } = this.#services;
    const channel = findChannel(store, channelId);
    if (channel === undefined) return;
    const address = await this.#addressOf(channel);
    const undelivered =
      'problem' in address ? address : await sendTo(channel, { ...address, delivery: id, body, now: clock.now() }, this.signal);
    if (this.signal.aborted) return;
    const { state, pauseMs } = afterTry(tries + 1, undelivered);
    const at = clock.now();
    noteTry(store, { id, state, at, nextAt: pauseMs === null ? null : at + pauseMs, problem: undelivered?.problem ?? null });
    if (undelivered !== null) log.warn('a notification did not arrive', { channel: channel.name, reason: undelivered.problem, state });
  }

  async #addressOf({ secret }: ChannelRow): Promise<Address | { problem: string; refused: boolean }> {
    try {
      return JSON.parse(await this.#services.secrets.reveal(secret)) as Address;
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error), refused: false };
    }
  }
}
