import { z } from 'zod';
import type { HubReservation } from '../../src-shared/model/hub-directory.ts';
import { isOver } from '../../src-shared/model/reservation-states.ts';
import { MAIL, ReservationFact } from '../../src-shared/protocol/items.ts';
import { readPolicy } from '../links/read-policy.ts';
import { HubError } from '../errors.ts';
import { isUp } from '../links/attach-links.ts';
import type { LinkServices } from '../links/link-services.ts';
import type { HarnessRow, RemoteReservationRow } from '../store/links.ts';

interface Wanted {
  /** Null = everybody's. */
  person: string | null;
  over: boolean;
  limit: number;
}

export async function listReservations(services: LinkServices, { person, over, limit }: Wanted): Promise<HubReservation[]> {
  const { store } = services;
  const rows = await store
    .selectFrom('remote_reservation')
    .selectAll()
    .$if(person !== null, (query) => query.where('person', '=', person ?? ''))
    .$if(!over, (query) =>
      query.where((row) => row.or([row('state', 'is', null), row('state', 'not in', ['refused', 'withdrawn', 'ended'])])),
    )
    .orderBy('asked_at', 'desc')
    .limit(limit)
    .execute();
  const ids = [...new Set(rows.map((row) => row.harness_id))];
  const found = ids.length === 0 ? [] : await store.selectFrom('harness').selectAll().where('id', 'in', ids).execute();
  const labs = new Map(found.map((lab) => [lab.id, lab]));
  return rows.map((row) => toView(row, labs.get(row.harness_id), services.now()));
}

export async function findReservation({ store, now }: LinkServices, id: string): Promise<HubReservation> {
  const row = await store.selectFrom('remote_reservation').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new HubError('NOT_FOUND', 'This reservation does not exist.');
  const lab = await store.selectFrom('harness').selectAll().where('id', '=', row.harness_id).executeTakeFirst();
  return toView(row, lab, now());
}

const Refusal = z.object({ message: z.string() });

function toView(row: RemoteReservationRow, lab: HarnessRow | undefined, now: number): HubReservation {
  const fact = row.fact === null ? null : ReservationFact.parse(JSON.parse(row.fact));
  const asked = row.asked === null ? null : MAIL['reservation.request'].parse(JSON.parse(row.asked));
  const refused = row.change_refused === null ? null : Refusal.safeParse(JSON.parse(row.change_refused));
  return {
    id: row.id,
    harnessId: row.harness_id,
    harness: lab?.name ?? 'a lab that is gone',
    person: row.person,
    suts: fact?.suts.map(({ name }) => name) ?? asked?.suts ?? [],
    purpose: asked?.purpose ?? fact?.purpose ?? '',
    askedAt: row.asked_at,
    state: row.state,
    reason: fact?.reason?.message ?? null,
    begin: fact?.begin ?? asked?.begin ?? null,
    end: fact === null ? endOf(asked) : fact.end,
    waiting: fact?.waiting ?? null,
    delivered: lab !== undefined && row.mail_gen === lab.mail_gen && row.mail_seq <= lab.mail_acked,
    endAskedAt: row.end_asked_at,
    changeAskedAt: row.change_asked_at,
    changeRefused: refused?.success === true ? refused.data.message : null,
    lab: stateOfLab(lab, now),
    heardAt: lab?.last_heard ?? null,
    consoles: readPolicy(lab?.policy ?? null)?.consoles ?? 'nothing',
    over: row.state !== null && isOver(row.state),
  };
}

function endOf(asked: z.infer<(typeof MAIL)['reservation.request']> | null): number | null {
  return asked?.begin === undefined || asked.durationMs === undefined ? null : asked.begin + asked.durationMs;
}

export function stateOfLab(lab: HarnessRow | undefined, now: number): HubReservation['lab'] {
  if (lab === undefined || lab.state !== 'approved') return 'removed';
  if (lab.doubt_since !== null) return 'doubt';
  return isUp(lab, now) ? 'up' : 'down';
}
