import type { ErrorData } from '../../../src-shared/contract/errors.ts';
import { slotOfAside } from '../../../src-shared/model/set-aside.ts';
import { Timeline } from '../../../src-shared/model/reservation-timeline.ts';
import { WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { moveReservation } from '../../store/reservation-moves.ts';
import { findHolding, findReservation, insertReservation, listLiveReservations, updateReservation } from '../../store/reservations.ts';
import { listSutsSetAside } from '../../store/suts.ts';
import { listUnendedRunsOf } from '../../store/run-suts.ts';
import { takenSlots } from './free-slots.ts';
import { nothingChanged, type Changed, type ReservationServices } from './reservation-services.ts';
import { readSituation } from './situation.ts';
import { obstacleOf, sentenceOfObstacle } from './words.ts';

type Reason = ErrorData['reasons'][number];
type Services = Pick<ReservationServices, 'store' | 'clock' | 'policy'>;

/** SUTs that a run is to have, and who starts it. */
export interface RunWish {
  suts: readonly { id: string; name: string }[];
  starter: string;
  /** Whether what the starter does not hold yet is to be reserved for the run. */
  reserve: boolean;
  /** How long the run is expected to take; null without history. */
  expectedMs: number | null;
}

/** A hold for a run that is shorter than this is not worth to begin with. */
const SHORTEST_MS = 60_000;

/** Why the starter may not begin now, a reason a SUT; empty = may. */
export function reasonsAgainst(services: Services, wish: RunWish): Reason[] {
  return look(services, wish).reasons;
}

/**
 * In the transaction that queues the run: reserves what its starter does not hold, all of it or none, until the run ends or the next one
 * has it. Throws NOT_RESERVED with every reason where that cannot be.
 */
export function reserveForRun(services: Services, wish: RunWish & { runName: string }): Changed {
  const { reasons, missing, end } = look(services, wish);
  const changed = nothingChanged();
  const [first] = reasons;
  if (first !== undefined) throw new WorkbenchError('NOT_RESERVED', first.message, { reasons });
  if (missing.length === 0) return changed;
  const { store, clock } = services;
  const at = clock.now();
  const id = newId(at);
  insertReservation(store, {
    id,
    holder: wish.starter,
    requestedBy: wish.starter,
    suts: missing.map(({ id: sutId, name }) => ({ id: sutId, name })),
    need: null,
    purpose: wish.runName,
    priority: 0,
    ifBusy: 'refuse',
    atEnd: 'nothing',
    wantedBegin: null,
    durationMs: end === null ? null : end - at,
    answerBy: null,
    endsWithRuns: true,
    at,
  });
  const made = findReservation(store, id);
  if (made === undefined) return changed;
  const granted = moveReservation(store, made, { event: 'granted', at, slot: { suts: made.suts, begin: at, end } });
  moveReservation(store, granted, { event: 'began', at });
  changed.reservations.add(id);
  for (const sut of missing) changed.suts.add(sut.id);
  return changed;
}

/** In the transaction that ends a run: ends the holds that were made for runs and that no run of their holder needs any more. */
export function endHoldsOfRun({ store }: Pick<Services, 'store'>, run: number, at: number): Changed {
  const changed = nothingChanged();
  const needed = listUnendedRunsOf(store).filter((one) => one.run !== run);
  for (const row of listLiveReservations(store)) {
    if (row.ends_with_runs === 0 || row.state !== 'active') continue;
    if (needed.some(({ sutId, starter }) => starter === row.holder && row.suts.some(({ id }) => id === sutId))) continue;
    const reason = { code: 'released' as const, message: 'Its runs have ended.' };
    moveReservation(store, row, { event: 'endBegan', at, reason });
    changed.reservations.add(row.id);
    for (const { id } of row.suts) changed.suts.add(id);
  }
  return changed;
}

/**
 * In the transaction that ends a run: what was reserved for it stays with its starter until then, or until somebody else's time begins, and is
 * switched off after it where that is said. Holds that a person made are not changed.
 */
export function keepHoldsOfRun(
  { store }: Pick<Services, 'store'>,
  { starter, sutIds, atEnd }: { starter: string; sutIds: readonly string[]; atEnd: 'nothing' | 'powerOff' },
  until: number,
): Changed {
  const changed = nothingChanged();
  for (const row of listLiveReservations(store)) {
    if (row.ends_with_runs === 0 || row.state !== 'active' || row.holder !== starter) continue;
    if (!row.suts.some(({ id }) => sutIds.includes(id))) continue;
    const end = row.end_at === null ? until : Math.min(row.end_at, until);
    updateReservation(store, row.number, { ends_with_runs: 0, end_at: end, at_end: atEnd });
    changed.reservations.add(row.id);
    for (const { id } of row.suts) changed.suts.add(id);
  }
  return changed;
}

interface Look {
  reasons: Reason[];
  missing: RunWish['suts'];
  /** When a hold for the run has to end; null = no end. */
  end: number | null;
}

function look({ store, clock, policy }: Services, { suts, starter, reserve, expectedMs }: RunWish): Look {
  const now = clock.now();
  const holdings = suts.map((sut) => ({ sut, holding: findHolding(store, sut.id) }));
  const isMine = (holding: ReturnType<typeof findHolding>) => holding?.state === 'active' && holding.holder === starter;
  const missing = holdings.filter(({ holding }) => !isMine(holding)).map(({ sut }) => sut);
  const aside = reasonsOfAside(store, suts);
  if (!reserve)
    return {
      reasons: [...aside, ...missing.map((sut) => reason(sut.name, `${sut.name} is not reserved by ${starter}. Reserve it first.`))],
      missing,
      end: null,
    };
  const situation = readSituation(store, { policy: policy(), now });
  const timeline = new Timeline(takenSlots(situation));
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, name: situation.suts.get(id)?.name ?? id }));
  const needed = now + Math.max(SHORTEST_MS, expectedMs ?? 0);
  const reasons: Reason[] = [...aside];
  let end: number | null = null;
  for (const sut of missing.filter(({ name }) => !aside.some(({ subject }) => subject === name))) {
    const [next] = timeline.inTheWay(sut.id, now, Number.POSITIVE_INFINITY);
    if (next === undefined) continue;
    if (next.begin < needed) {
      const sentence = sentenceOfObstacle(obstacleOf({ ...next, sutIds: [sut.id] }, named), now);
      reasons.push(reason(sut.name, `${sentence} Reserve it for later, ask for it, or choose another SUT.`));
    } else end = Math.min(end ?? next.begin, next.begin);
  }
  return { reasons, missing, end };
}

/** Also who holds it already begins no run on it. */
function reasonsOfAside(store: Services['store'], suts: RunWish['suts']): Reason[] {
  const aside = new Map(listSutsSetAside(store).map((sut) => [sut.id, slotOfAside(sut)]));
  return suts.flatMap(({ id, name }) => {
    const slot = aside.get(id) ?? null;
    return slot === null ? [] : [{ code: 'SUT_SET_ASIDE', message: `${slot.why} Choose another SUT.`, subject: name }];
  });
}

function reason(subject: string, message: string): Reason {
  return { code: 'NOT_RESERVED', message, subject };
}
