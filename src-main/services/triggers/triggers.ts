import type { RunRequest } from '../../../src-shared/model/run.ts';
import type { Trigger, TriggerChange, TriggerInput } from '../../../src-shared/model/trigger.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { newId } from '../../new-id.ts';
import type { WritableStore } from '../../store/handle.ts';
import { deleteSecret, saveSecret } from '../../store/secrets.ts';
import { deleteTrigger, findTrigger, listTriggerDeliveries, listTriggers, saveTrigger, type TriggerRow } from '../../store/triggers.ts';
import type { Caller } from '../caller.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { hashOf, makeSecret } from './prove.ts';
import { takeDelivery, type Delivered, type Pace, type Taken } from './take-delivery.ts';

export interface TriggerServices {
  store: WritableStore;
  clock: Clock;
  log: Log;
  secrets: SecretStore;
  startRun: (request: RunRequest, caller: Caller) => Promise<{ id: string }>;
  planName: (id: string) => string | null;
  /** Where the harness is reached on this computer; null while it is not. */
  address: () => string | null;
}

/** Plans that requests from elsewhere start. */
export interface Triggers {
  list(): Trigger[];
  /** `id` null makes a new one. The secret is said when it is a new one: of a new trigger, and when what proves it became another. */
  save(trigger: { id: string | null; content: TriggerInput }, caller: Caller): Promise<TriggerChange>;
  rotate(id: string): Promise<TriggerChange>;
  remove(id: string): Trigger[];
  /** A request for a trigger, from whoever. */
  take(id: string, delivered: Delivered): Promise<Taken>;
}

const SHOWN = 20;

export function createTriggers(services: TriggerServices): Triggers {
  const { store } = services;
  const pace: Pace = new Map();
  const list = () => listTriggers(store).map((row) => shape(services, row));
  return {
    list,
    save: async ({ id, content }, caller) => {
      const before = id === null ? undefined : need(store, id);
      if (services.planName(content.planId) === null)
        throw new WorkbenchError('NOT_FOUND', 'The plan of this trigger does not exist any more.');
      const made = { ...content, id: before?.id ?? newId(services.clock.now()), by: before?.by ?? caller.user };
      if (before === undefined || before.proof !== content.proof) return keepWithNewSecret(services, made, before);
      saveTrigger(store, { ...before, ...made });
      return { triggers: list(), id: made.id, secret: null };
    },
    rotate: (id) => {
      const row = need(store, id);
      return keepWithNewSecret(services, row, row);
    },
    remove: (id) => {
      const { secret } = need(store, id);
      store.transaction(() => {
        deleteTrigger(store, id);
        if (secret !== null) deleteSecret(store, secret);
      })();
      pace.delete(id);
      return list();
    },
    take: (id, delivered) => takeDelivery({ ...services, pace }, id, delivered),
  };
}

function need(store: WritableStore, id: string): TriggerRow {
  const row = findTrigger(store, id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This trigger does not exist any more.');
  return row;
}

function shape({ store, planName, address }: TriggerServices, row: TriggerRow): Trigger {
  const { id, name, planId, conditionId, suts, proof, conditions, variables, enabled, by, secretMadeAt, strangerAt } = row;
  return {
    ...{ id, name, planId, conditionId, suts, proof, conditions, variables, enabled, by, secretMadeAt, strangerAt },
    planName: planName(row.planId),
    address: `${address() ?? ''}/triggers/${row.id}`,
    deliveries: listTriggerDeliveries(store, row.id, SHOWN),
  };
}

/** Of a token only the hash is kept; signatures can be checked only with the secret itself. */
async function keepWithNewSecret(
  services: TriggerServices,
  trigger: TriggerInput & { id: string; by: string },
  before: TriggerRow | undefined,
): Promise<TriggerChange> {
  const { store, clock, secrets } = services;
  const secret = makeSecret();
  const old = before?.secret ?? undefined;
  const sealed = trigger.proof === 'signature' ? await secrets.seal(secret, old) : null;
  const now = clock.now();
  store.transaction(() => {
    if (sealed !== null) saveSecret(store, sealed, now);
    else if (old !== undefined) deleteSecret(store, old);
    saveTrigger(store, { ...trigger, secretHash: hashOf(secret), secret: sealed?.reference ?? null, secretMadeAt: now });
  })();
  return { triggers: listTriggers(store).map((row) => shape(services, row)), id: trigger.id, secret };
}
