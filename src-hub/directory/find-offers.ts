import type { HubOffer, HubSut } from '../../src-shared/model/hub-directory.ts';
import { fitsNeed } from '../../src-shared/model/reservation-need.ts';
import { isHold } from '../../src-shared/model/reservation-states.ts';
import type { Need } from '../../src-shared/model/reservation.ts';
import { limitProblem } from '../../src-shared/model/share-limits.ts';
import { ReservationFact } from '../../src-shared/protocol/items.ts';
import type { LinkServices } from '../links/link-services.ts';
import { allSuts } from './list-harnesses.ts';

interface Wanted {
  need: Need;
  /** Absent = now. */
  begin?: number | undefined;
  /** Absent = no end. */
  durationMs?: number | undefined;
  /** Of who asks. */
  groups: readonly string[];
}

/** UTC ms; the end is beyond it. */
interface Span {
  begin: number;
  end: number;
}

/**
 * One offer a lab that has enough machines like that under one harness, the likeliest first. Nothing is promised: holds that only the lab knows are
 * not seen here, and the lab decides when it is asked.
 */
export async function findOffers(services: LinkServices, wanted: Wanted): Promise<HubOffer[]> {
  const { need, groups, durationMs } = wanted;
  const begin = Math.max(wanted.begin ?? 0, services.now());
  const span = { begin, end: durationMs === undefined ? Number.POSITIVE_INFINITY : begin + durationMs };
  const taken = await takenSpans(services);
  const labs = new Map<string, { sut: HubSut; free: boolean }[]>();
  for (const sut of await allSuts(services)) {
    const end = durationMs === undefined ? null : span.end;
    const allowed = limitProblem(sut.name, sut.limits, { groups, begin, end, zone: sut.zone === '' ? 'UTC' : sut.zone }) === null;
    if (sut.setAside !== null || !allowed || !fitsNeed(describeSut(sut), need)) continue;
    const busy = overlaps(holdOf(sut), span) || (taken.get(sut.id) ?? []).some((one) => overlaps(one, span));
    labs.set(sut.harnessId, [...(labs.get(sut.harnessId) ?? []), { sut, free: !busy }]);
  }
  return [...labs.values()]
    .flatMap((all) => offerOf(all, need.count) ?? [])
    .sort((a, b) => rank(b) - rank(a) || a.harness.localeCompare(b.harness));
}

function offerOf(all: readonly { sut: HubSut; free: boolean }[], count: number): HubOffer | null {
  const chosen = [...all].sort((a, b) => Number(b.free) - Number(a.free) || a.sut.name.localeCompare(b.sut.name)).slice(0, count);
  const [first] = chosen;
  if (first === undefined || chosen.length < count) return null;
  const { harnessId, harness, up } = first.sut;
  return { harnessId, harness, up, suts: chosen.map(({ sut }) => sut.name), free: chosen.every(({ free }) => free), fitting: all.length };
}

const rank = ({ up, free }: HubOffer) => Number(up) * 2 + Number(free);

/** A machine of the directory, as needs are held against it. */
export function describeSut({ tags, fields }: HubSut): Parameters<typeof fitsNeed>[0] {
  const kindOf = (value: unknown) => (typeof value === 'number' ? ('number' as const) : ('text' as const));
  const information = fields.map(({ key, value }) => ({ key, kind: kindOf(value), value }));
  return { role: 'sut', tags, information };
}

function holdOf({ heldBy, heldUntil }: HubSut): Span | null {
  return heldBy === null ? null : { begin: 0, end: heldUntil ?? Number.POSITIVE_INFINITY };
}

function overlaps(one: Span | null, other: Span): boolean {
  return one !== null && one.begin < other.end && other.begin < one.end;
}

/** What people of the hub have for later, by machine. */
async function takenSpans({ store }: LinkServices): Promise<Map<string, Span[]>> {
  const rows = await store
    .selectFrom('remote_reservation')
    .select(['fact'])
    .where('state', 'in', ['granted', 'active', 'ending'])
    .execute();
  const spans = new Map<string, Span[]>();
  for (const row of rows) {
    const fact = ReservationFact.safeParse(JSON.parse(row.fact ?? 'null')).data;
    if (fact === undefined || !isHold(fact.state)) continue;
    const span = { begin: fact.begin ?? 0, end: fact.end ?? Number.POSITIVE_INFINITY };
    for (const { id } of fact.suts) spans.set(id, [...(spans.get(id) ?? []), span]);
  }
  return spans;
}
