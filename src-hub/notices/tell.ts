import type { HubNoticeKind } from '../../src-shared/model/hub-notice.ts';
import { isHold, type ReservationState } from '../../src-shared/model/reservation-states.ts';
import type { ReservationFact, RunFact } from '../../src-shared/protocol/items.ts';
import type { HarnessRow, LinkWrite, RemoteReservationRow } from '../store/links.ts';
import { writeNotice } from './write-notice.ts';

interface Said<Fact> {
  harness: HarnessRow;
  fact: Fact;
  now: number;
}

/** Told with the fact itself. `before`: as it stood here; undefined where only the lab knew it, as after it was handed over. */
export async function tellOfReservation(
  write: LinkWrite,
  before: RemoteReservationRow | undefined,
  { harness, fact, now }: Said<ReservationFact>,
): Promise<void> {
  const kind = kindOf(before, fact);
  if (kind === null) return;
  const { id, person, begin, end, reason } = fact;
  const body = { harness: harness.name, suts: fact.suts.map(({ name }) => name), begin, end, reason: reason?.message ?? null };
  await writeNotice(write, { person, kind, key: `${kind} ${id}`, subject: id, body, at: now });
}

function kindOf(before: RemoteReservationRow | undefined, { state, reason }: ReservationFact): HubNoticeKind | null {
  if (before === undefined) return isHold(state) ? 'handedOver' : null;
  const had = before.state !== null && isHold(before.state);
  if (state === 'refused') return before.state === 'refused' ? null : 'refused';
  if (isGranted(state) && !had) return 'granted';
  const own = before.end_asked_at !== null || reason?.code === 'handedOver';
  return state === 'ended' && before.state !== 'ended' && !own ? 'ended' : null;
}

const isGranted = (state: ReservationState): boolean => state === 'granted' || state === 'active';

/** Of a run that has ended or never began; `before`: the state in which it stood here. */
export async function tellOfRun(
  write: LinkWrite,
  before: { state: string | null; person: string; name: string },
  { harness, fact, now }: Said<RunFact>,
): Promise<void> {
  if (before.state === fact.state || (fact.state !== 'ended' && fact.state !== 'refused')) return;
  const kind = fact.state === 'ended' ? 'runEnded' : 'runRefused';
  const body = {
    harness: harness.name,
    suts: fact.run?.suts ?? [],
    run: fact.run?.name ?? before.name,
    verdict: fact.run?.verdict ?? null,
    reason: fact.state === 'ended' ? (fact.run?.happened ?? null) : (fact.refusal?.message ?? null),
  };
  await writeNotice(write, { person: before.person, kind, key: `${kind} ${fact.id}`, subject: fact.id, body, at: now });
}
