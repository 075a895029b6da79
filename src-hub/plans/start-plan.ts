import { createHash } from 'node:crypto';
import { ReservationFact } from '../../src-shared/protocol/items.ts';
import { HubPlanBody } from '../../src-shared/model/hub-plans.ts';
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
  const suts = await machinesOf(services, { reservationId, most: body.machines });
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

/** A reservation whose lab has said nothing yet names no machines; that it has not begun is said where the run is asked. */
async function machinesOf(
  { store }: HubRunServices,
  { reservationId, most }: { reservationId: string; most: number },
): Promise<string[] | undefined> {
  const row = await findRemoteReservation(store, reservationId);
  if (row?.fact == null) return undefined;
  const names = ReservationFact.parse(JSON.parse(row.fact)).suts.map(({ name }) => name);
  if (names.length < most)
    throw new HubError(
      'CONFLICT',
      `The plan needs ${most} machines, and this reservation has ${names.length}. Reserve more, or change the plan.`,
    );
  return names.slice(0, most);
}

/** The id of one run of several that are asked with one key. */
function idOf(key: string, part: string): string {
  const hash = createHash('sha256').update(`${key} ${part}`).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
