import type { Channel, ChannelInput } from '../../../src-shared/model/notification.ts';
import type { Changes } from '../../changes.ts';
import type { Clock } from '../../clock.ts';
import { WorkbenchError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { newId } from '../../new-id.ts';
import type { WritableStore } from '../../store/handle.ts';
import { deleteChannel, findChannel, listChannels, listDeliveries, saveChannel, type ChannelRow } from '../../store/notifications.ts';
import { deleteSecret, saveSecret } from '../../store/secrets.ts';
import type { Caller } from '../caller.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import { trialOf } from './message.ts';
import { Outbox, type Address } from './outbox.ts';
import { sendTo } from './send-to.ts';

export interface NotificationServices {
  store: WritableStore;
  changes: Changes;
  clock: Clock;
  log: Log;
  secrets: SecretStore;
  planName: (id: string) => string | null;
  harnessName: () => string;
}

/** Whom to tell of runs that have ended. */
export interface Notifications {
  list(): Channel[];
  /** `id` null makes a new one. */
  save(channel: { id: string | null; content: ChannelInput }, caller: Caller): Promise<Channel[]>;
  remove(id: string): Channel[];
  /** Sends a trial; answers why it did not arrive, or null. */
  test(id: string): Promise<string | null>;
  start(): void;
  close(): void;
}

const SHOWN = 10;

export function createNotifications(services: NotificationServices): Notifications {
  const { store, secrets, clock, harnessName } = services;
  const outbox = new Outbox(services);
  const list = () => listChannels(store).map((row) => shape(services, row));
  return {
    list,
    save: async (channel, caller) => {
      await save(services, channel, caller);
      return list();
    },
    remove: (id) => {
      const { secret } = need(store, id);
      store.transaction(() => {
        deleteChannel(store, id);
        deleteSecret(store, secret);
      })();
      return list();
    },
    test: async (id) => {
      const channel = need(store, id);
      const { kind, name, secret } = channel;
      const address = JSON.parse(await secrets.reveal(secret)) as Address;
      const body = trialOf(kind, { channel: name, harness: harnessName() });
      const undelivered = await sendTo(channel, { ...address, delivery: newId(clock.now()), body, now: clock.now() }, outbox.signal);
      return undelivered?.problem ?? null;
    },
    start: () => outbox.start(),
    close: () => outbox.close(),
  };
}

function need(store: WritableStore, id: string): ChannelRow {
  const row = findChannel(store, id);
  if (row === undefined) throw new WorkbenchError('NOT_FOUND', 'This notification does not exist any more.');
  return row;
}

function shape({ store, planName }: NotificationServices, row: ChannelRow): Channel {
  const { id, name, kind, of, planId, enabled, host, signed, mail, by } = row;
  return {
    ...{ id, name, kind, of, planId, enabled, host, signed, mail, by },
    planName: planId === null ? null : planName(planId),
    deliveries: listDeliveries(store, id, SHOWN),
  };
}

async function save(
  services: NotificationServices,
  { id, content }: { id: string | null; content: ChannelInput },
  caller: Caller,
): Promise<void> {
  const { store, clock, secrets } = services;
  const { url, key, ...rest } = content;
  const before = id === null ? undefined : need(store, id);
  demandAddress(rest, url ?? (before === undefined || before.kind === 'mail' ? undefined : before.host));
  if (rest.planId !== null && services.planName(rest.planId) === null)
    throw new WorkbenchError('NOT_FOUND', 'The plan of this notification does not exist any more.');
  const known = before === undefined ? undefined : (JSON.parse(await secrets.reveal(before.secret)) as Address);
  const address: Address = { url: rest.mail === null ? (url ?? known?.url ?? '') : '', key: null };
  const host = rest.mail === null ? new URL(address.url).host : rest.mail.server;
  // A key is for the one it was entered for.
  const kept = before?.host === host && before.kind === rest.kind ? known?.key : undefined;
  if (rest.kind !== 'chat') address.key = (key ?? kept ?? '') || null;
  const sealed = await secrets.seal(JSON.stringify(address), before?.secret);
  const now = clock.now();
  // What ended while it was off is not told when it is on again.
  const lookedAt = before?.enabled === true ? before.lookedAt : now + 1;
  const row = { ...rest, host, signed: address.key !== null, secret: sealed.reference, lookedAt };
  store.transaction(() => {
    saveSecret(store, sealed, now);
    saveChannel(store, { ...row, id: before?.id ?? newId(now), by: before?.by ?? caller.user });
  })();
}

/** A kind and where it goes have to fit. */
function demandAddress({ kind, mail }: Pick<ChannelInput, 'kind' | 'mail'>, address: string | undefined): void {
  if (kind === 'mail' && mail === null) throw new WorkbenchError('BAD_REQUEST', 'Where to? Give the mail server and who is told.');
  if (kind !== 'mail' && mail !== null) throw new WorkbenchError('BAD_REQUEST', 'A mail server belongs to mail only.');
  if (kind !== 'mail' && address === undefined) throw new WorkbenchError('BAD_REQUEST', 'Where to? Give the address of the webhook.');
}
