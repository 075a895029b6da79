import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { WritableStore } from '../../store/handle.ts';
import { readSettings, saveSettings } from '../../store/settings.ts';
import { readCalendar, type CalendarWish } from './calendar.ts';

const KEY = 'calendarLink';
/** Of the token only what proves it is kept, hex sha256: it is shown once, when it is made. */
const Kept = z.object({ proof: z.string(), madeAt: z.number() }).nullable();

/** An address under which calendars read the reservations, and nothing else, without a login; whoever has it may read, until it is taken back. */
export class CalendarLink {
  readonly #store: WritableStore;
  readonly #clock: Clock;

  constructor(store: WritableStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  madeAt(): number | null {
    return this.#kept()?.madeAt ?? null;
  }

  /** The path of a new address; the one before does not open any more. */
  make(): string {
    const token = randomBytes(24).toString('base64url');
    saveSettings(this.#store, { [KEY]: { proof: digest(token).toString('hex'), madeAt: this.#clock.now() } });
    return `/calendar/${token}.ics`;
  }

  remove(): void {
    saveSettings(this.#store, { [KEY]: null });
  }

  /** What stands at this path; null where there is nothing for it. */
  read(path: string, wish: Pick<CalendarWish, 'holder' | 'suts'>): string | null {
    const token = /^\/calendar\/([\w-]{32})\.ics$/u.exec(path)?.[1];
    const kept = this.#kept();
    if (token === undefined || kept === null || !timingSafeEqual(digest(token), Buffer.from(kept.proof, 'hex'))) return null;
    return readCalendar(this.#store, { ...wish, now: this.#clock.now() }).text;
  }

  #kept(): z.infer<typeof Kept> {
    return Kept.safeParse(readSettings(this.#store)[KEY] ?? null).data ?? null;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
