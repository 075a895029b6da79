import { createHash } from 'node:crypto';
import { ReservationFact } from '../../src-shared/protocol/items.ts';
import { fitsNeed } from '../../src-shared/model/reservation-need.ts';
import type { Need } from '../../src-shared/model/reservation.ts';
import { HubPlanBody } from '../../src-shared/model/hub-plans.ts';
import { describeSut } from '../directory/find-offers.ts';
import { allSuts } from '../directory/list-harnesses.ts';
import { HubError } from '../errors.ts';
import { askRun } from '../runs/ask-run.ts';
import type { HubRunServices } from '../runs/run-services.ts';
import { findRemoteReservation } from '../store/links.ts';
import { needParts } from './plans.ts';
import { needWritten } from './written.ts';

/** Asks for a run of each condition. Answers their ids; the same key asks the same runs, however often. */
export async function startPlan(
  services: HubRunServices,
  { id, key, reservationId }: { id: string; key: string; reservationId: string },
  person: string,
): Promise<string[]> {
  const { store } = services;
  const plan = await needWritten(store, 'plan', id);
  const body = HubPlanBody.parse(JSON.parse(plan.body));
  const conditions = await needParts(store, body);
  const suts = await machinesOf(services, { reservationId, need: body.need });
  const { testDataId, selection, options, ...bringing } = body;
  const ids: string[] = [];
  for (const condition of conditions.length === 0 ? [null] : conditions) {
    const runId = condition === null ? key : idOf(key, condition.id);
    const given = condition === null ? {} : { condition: { name: condition.name, yaml: condition.yaml } };
    await askRun(services, { id: runId, name: plan.name, reservationId, testDataId, suts, selection, options, bringing, ...given }, person);
    ids.push(runId);
  }
  return ids;
}

/**
 * As many machines of the reservation as are needed, of those that are as needed. A reservation whose lab has said nothing yet names none; that
 * it has not begun is said where the run is asked.
 */
async function machinesOf(
  services: HubRunServices,
  { reservationId, need }: { reservationId: string; need: Need },
): Promise<string[] | undefined> {
  const row = await findRemoteReservation(services.store, reservationId);
  if (row?.fact == null) return undefined;
  const held = new Set(ReservationFact.parse(JSON.parse(row.fact)).suts.map(({ name }) => name));
  const known = (await allSuts(services)).filter(({ harnessId, name }) => harnessId === row.harness_id && held.has(name));
  const special = need.tags.length + need.fields.length > 0;
  const fitting = special ? known.filter((sut) => fitsNeed(describeSut(sut), need)).map(({ name }) => name) : [...held];
  if (fitting.length >= need.count) return fitting.slice(0, need.count);
  throw new HubError(
    'CONFLICT',
    `The plan needs ${need.count} machines, and ${fitting.length} of this reservation ${special ? 'are as it needs them' : 'are there'}. Reserve others, or change the plan.`,
  );
}

/** The id of one run of several that are asked with one key. */
function idOf(key: string, part: string): string {
  const hash = createHash('sha256').update(`${key} ${part}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
