import { ReservationFact } from '../../src-shared/protocol/items.ts';
import { isUp } from '../links/attach-links.ts';
import type { LinkServices } from '../links/link-services.ts';
import type { HarnessRow, RemoteReservationRow } from '../store/links.ts';
import { writeNotice, type NewNotice } from './write-notice.ts';

const MINUTE_MS = 60_000;
const LOOK_EVERY_MS = 20_000;
/** So long before a reservation begins or ends its holder is told. */
const SOON_MS = 15 * MINUTE_MS;
/** A lab that answers again sooner than this has only blinked. */
const SILENT_MS = 10 * MINUTE_MS;
const KEEP_MS = 30 * 24 * 60 * MINUTE_MS;

/** Looks for what nobody says: times that come near, machines and labs that are gone. */
export class NoticeClock {
  readonly #services: LinkServices;
  readonly #report: (message: string, error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;

  constructor(services: LinkServices, report: (message: string, error: unknown) => void) {
    this.#services = services;
    this.#report = report;
  }

  start(): void {
    const tick = () => {
      this.#looking ??= lookAtClock(this.#services)
        .catch((error: unknown) => this.#report('what people are to be told of could not be looked for', error))
        .finally(() => (this.#looking = null));
    };
    this.#timer = setInterval(tick, LOOK_EVERY_MS).unref();
  }

  /** Resolves when nothing of it asks the store any more. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }
}

/** Once. A notice that was written before, here or by another process, is not written again. */
export async function lookAtClock({ store, now, notices }: LinkServices): Promise<void> {
  const at = now();
  const rows = await store.selectFrom('remote_reservation').selectAll().where('state', 'in', ['granted', 'active']).execute();
  const labs = new Map((await store.selectFrom('harness').selectAll().execute()).map((lab) => [lab.id, lab]));
  const shared = new Set((await store.selectFrom('directory_sut').select(['harness_id', 'id']).execute()).map(keyOfSut));
  const told = new Set<string>();
  for (const row of rows) {
    const harness = labs.get(row.harness_id);
    if (row.fact === null || harness === undefined) continue;
    const fact = ReservationFact.parse(JSON.parse(row.fact));
    for (const notice of noticesOf(row, { harness, fact, shared, at })) if (await writeNotice(store, notice)) told.add(harness.id);
  }
  await store
    .deleteFrom('notice')
    .where('at', '<', at - KEEP_MS)
    .execute();
  for (const id of told) notices.tell(id);
}

const keyOfSut = ({ harness_id, id }: { harness_id: string; id: string }): string => `${harness_id} ${id}`;

interface Seen {
  harness: HarnessRow;
  fact: ReservationFact;
  shared: ReadonlySet<string>;
  at: number;
}

function noticesOf({ id, person, asked_at: askedAt }: RemoteReservationRow, { harness, fact, shared, at }: Seen): NewNotice[] {
  const { begin, end } = fact;
  const found: NewNotice[] = [];
  const tell = (kind: NewNotice['kind'], of: string, more: { suts?: string[]; reason?: string } = {}) => {
    const body = { harness: harness.name, suts: fact.suts.map(({ name }) => name), begin, end, ...more };
    found.push({ person, kind, key: `${kind} ${id} ${of}`, subject: id, body, at });
  };
  const near = (time: number | null): time is number => time !== null && time > at && time - at <= SOON_MS;
  // Who asked for it a moment ago knows.
  if (fact.state === 'granted' && near(begin) && begin - askedAt > 2 * SOON_MS) tell('startsSoon', String(begin));
  // Another end is near another time.
  if (fact.state === 'active' && near(end) && end - (begin ?? askedAt) > 2 * SOON_MS) tell('endsSoon', String(end));
  const gone = fact.suts.filter((sut) => !shared.has(keyOfSut({ harness_id: harness.id, id: sut.id })));
  const lastHeard = harness.last_heard ?? 0;
  if (harness.state !== 'approved') tell('machineGone', 'lab', { reason: `${harness.name} is not part of this hub any more.` });
  else if (gone.length > 0) tell('machineGone', gone.map((sut) => sut.id).join(' '), { suts: gone.map(({ name }) => name) });
  else if (!isUp(harness, at) && at - lastHeard > SILENT_MS)
    tell('machineGone', `silent ${lastHeard}`, { reason: `${harness.name} does not answer. Whatever runs there goes on without the hub.` });
  return found;
}
