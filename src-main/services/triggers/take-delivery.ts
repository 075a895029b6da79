import { createHash } from 'node:crypto';
import { asWorkbenchError, WorkbenchError } from '../../errors.ts';
import { newId } from '../../new-id.ts';
import { findConditionByName } from '../../store/conditions.ts';
import { findPlan } from '../../store/plans.ts';
import { findDeliveredRun, findTrigger, noteStranger, noteTriggerDelivery, type TriggerRow } from '../../store/triggers.ts';
import { isPing, keyOf, proves, type Headers } from './prove.ts';
import { readWish } from './read-wish.ts';
import type { TriggerServices } from './triggers.ts';

/** A request as it came in. */
export interface Delivered {
  headers: Headers;
  body: Buffer;
}

/** `delivery`: its id in the list of deliveries; `repeated`: it had started its runs before. */
export type Taken =
  { kind: 'started'; delivery: string; runs: string[]; repeated: boolean } | { kind: 'pinged' } | { kind: 'tooMany'; retryAfterMs: number };

/** Of one trigger, so many within a minute. */
const LIMIT = 30;
const MINUTE_MS = 60_000;
const KEEP = 200;

/** When each trigger was asked within the last minute. It is about load, so a restart may forget it. */
export type Pace = Map<string, number[]>;

/** UNAUTHORIZED for a secret that is wrong and for a trigger that is not there, alike. */
export async function takeDelivery(services: TriggerServices & { pace: Pace }, id: string, { headers, body }: Delivered): Promise<Taken> {
  const { store, clock, secrets, log } = services;
  const trigger = findTrigger(store, id);
  const reveal = () => secrets.reveal(trigger?.secret ?? '');
  if (trigger === undefined || !(await proves({ headers, body }, { ...trigger, reveal }))) {
    if (trigger !== undefined) noteStranger(store, id, clock.now());
    throw new WorkbenchError('UNAUTHORIZED', 'There is no such trigger, or its secret is another one.');
  }
  if (isPing(headers)) return { kind: 'pinged' };
  const retryAfterMs = waitOf(services.pace, id, clock.now());
  if (retryAfterMs > 0) return { kind: 'tooMany', retryAfterMs };
  const key = keyOf(headers);
  const before = key === null ? undefined : findDeliveredRun(store, id, key);
  const note = (outcome: { runId: string | null; problem: string | null }) =>
    noteTriggerDelivery(store, { id: newId(clock.now()), triggerId: id, key, at: clock.now(), ...outcome }, KEEP);
  if (before !== undefined) {
    note({ runId: before.runId, problem: null });
    return { kind: 'started', delivery: before.id, runs: [before.runId], repeated: true };
  }
  try {
    const run = await startRun(services, trigger, { key, body });
    log.info('a trigger has started a run', { trigger: id, run });
    return { kind: 'started', delivery: note({ runId: run, problem: null }), runs: [run], repeated: false };
  } catch (error) {
    const { message, data } = asWorkbenchError(error);
    note({ runId: null, problem: [message, ...data.reasons.map((reason) => reason.message)].join(' ').slice(0, 2000) });
    log.warn('a trigger could not start its run', { trigger: id, reason: message });
    throw error;
  }
}

async function startRun(
  services: TriggerServices,
  trigger: TriggerRow,
  { key, body }: { key: string | null; body: Buffer },
): Promise<string> {
  const { store } = services;
  if (!trigger.enabled) throw new WorkbenchError('FORBIDDEN', 'This trigger is switched off.');
  const { condition, variables } = readWish(body, trigger);
  const plan = findPlan(store, trigger.planId);
  if (plan === undefined) throw new WorkbenchError('NOT_FOUND', 'The plan of this trigger does not exist any more.');
  const conditionId = condition === null ? trigger.conditionId : findConditionByName(store, condition)?.id;
  if (conditionId === undefined) throw new WorkbenchError('NOT_FOUND', `There is no condition "${condition ?? ''}" here.`);
  const request = {
    planId: trigger.planId,
    suts: trigger.suts,
    ...(conditionId === null ? {} : { conditionId }),
    ...(variables.length === 0 ? {} : { options: { ...plan.options, variables: [...plan.options.variables, ...variables] } }),
    ...(key === null ? {} : { requestKey: createHash('sha256').update(`${trigger.id} ${key}`).digest('hex') }),
  };
  return (await services.startRun(request, { user: trigger.by, origin: 'rest' })).id;
}

/** Milliseconds until one more may come; 0: it may, and is counted. */
function waitOf(pace: Pace, id: string, now: number): number {
  const times = (pace.get(id) ?? []).filter((at) => now - at < MINUTE_MS && at <= now);
  const wait = times.length < LIMIT ? 0 : (times[0] ?? now) + MINUTE_MS - now;
  pace.set(id, wait > 0 ? times : [...times, now]);
  return wait;
}
