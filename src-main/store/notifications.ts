import type { ChannelKind, Delivery, MailRoute, ToldOf } from '../../src-shared/model/notification.ts';
import type { Verdict } from '../../src-shared/model/run-states.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

export interface ChannelRow {
  id: string;
  name: string;
  kind: ChannelKind;
  of: ToldOf[];
  planId: string | null;
  enabled: boolean;
  host: string;
  signed: boolean;
  /** Reference of the secret that holds address and key. */
  secret: string;
  mail: MailRoute | null;
  by: string;
  lookedAt: number;
}
type RawChannel = Omit<ChannelRow, 'of' | 'enabled' | 'signed' | 'mail'> & {
  of: string;
  enabled: number;
  signed: number;
  mail: string | null;
};

const CHANNEL = `SELECT id, name, kind, told_of AS "of", plan_id AS planId, enabled, host, signed, secret, mail, made_by AS "by", looked_at AS lookedAt
  FROM notification_channel`;
const toChannel = (row: RawChannel): ChannelRow => ({
  ...row,
  of: JSON.parse(row.of) as ToldOf[],
  enabled: row.enabled === 1,
  signed: row.signed === 1,
  mail: row.mail === null ? null : (JSON.parse(row.mail) as MailRoute),
});

export function listChannels(store: ReadableStore): ChannelRow[] {
  return store.prepare<[], RawChannel>(`${CHANNEL} ORDER BY name, id`).all().map(toChannel);
}

export function findChannel(store: ReadableStore, id: string): ChannelRow | undefined {
  const row = store.prepare<[string], RawChannel>(`${CHANNEL} WHERE id = ?`).get(id);
  return row && toChannel(row);
}

export function saveChannel(store: WritableStore, channel: ChannelRow): void {
  store
    .prepare(
      `INSERT INTO notification_channel (id, name, kind, told_of, plan_id, enabled, host, signed, secret, mail, made_by, looked_at)
       VALUES (@id, @name, @kind, @of, @planId, @enabled, @host, @signed, @secret, @mail, @by, @lookedAt)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, told_of = excluded.told_of, plan_id = excluded.plan_id,
         enabled = excluded.enabled, host = excluded.host, signed = excluded.signed, mail = excluded.mail, looked_at = excluded.looked_at`,
    )
    .run({
      ...channel,
      of: JSON.stringify(channel.of),
      enabled: channel.enabled ? 1 : 0,
      signed: channel.signed ? 1 : 0,
      mail: channel.mail === null ? null : JSON.stringify(channel.mail),
    });
}

export function deleteChannel(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM notification_channel WHERE id = ?').run(id);
}

/** Ids of the runs of this harness that ended at `from` or later, in that order. */
export function listRunsEndedSince(store: ReadableStore, from: number): string[] {
  return store
    .prepare<[number], string>('SELECT id FROM run WHERE ended_at >= ? AND imported_at IS NULL ORDER BY ended_at, number')
    .pluck()
    .all(from);
}

/** How the last run of the same series came out that said something about its tests. */
export function findVerdictBefore(store: ReadableStore, run: { series_key: string; created_at: number; number: number }): Verdict | null {
  return (
    store
      .prepare<[string, number, number], Verdict>(
        `SELECT verdict FROM run WHERE series_key = ? AND (created_at, number) < (?, ?) AND verdict IN ('passed', 'failed', 'error', 'lost')
         ORDER BY created_at DESC, number DESC LIMIT 1`,
      )
      .pluck()
      .get(run.series_key, run.created_at, run.number) ?? null
  );
}

export interface NewDelivery {
  id: string;
  channelId: string;
  runId: string;
  runName: string;
  verdict: Verdict | null;
  of: readonly ToldOf[];
  body: string;
  nextAt: number;
}

/** Nothing for a run of which the channel was told. */
export function addDelivery(store: WritableStore, delivery: NewDelivery): void {
  store
    .prepare(
      `INSERT INTO notification_delivery (id, channel_id, run_id, run_name, verdict, told_of, body, next_at)
       VALUES (@id, @channelId, @runId, @runName, @verdict, @of, @body, @nextAt) ON CONFLICT (channel_id, run_id) DO NOTHING`,
    )
    .run({ ...delivery, of: JSON.stringify(delivery.of) });
}

/** The channel has been asked about every run that ended before. */
export function noteLooked(store: WritableStore, id: string, endedAt: number): void {
  store.prepare('UPDATE notification_channel SET looked_at = max(looked_at, ?) WHERE id = ?').run(endedAt, id);
}

export interface DueDelivery {
  id: string;
  channelId: string;
  body: string;
  tries: number;
}

export function listDueDeliveries(store: ReadableStore, now: number): DueDelivery[] {
  return store
    .prepare<[number], DueDelivery>(
      `SELECT id, channel_id AS channelId, body, tries FROM notification_delivery
       WHERE next_at <= ? AND channel_id IN (SELECT id FROM notification_channel WHERE enabled = 1) ORDER BY next_at LIMIT 50`,
    )
    .all(now);
}

export interface DeliveryOutcome {
  id: string;
  state: Delivery['state'];
  at: number;
  nextAt: number | null;
  problem: string | null;
}

export function noteTry(store: WritableStore, outcome: DeliveryOutcome): void {
  store
    .prepare(
      'UPDATE notification_delivery SET state = @state, tries = tries + 1, last_at = @at, next_at = @nextAt, problem = @problem WHERE id = @id',
    )
    .run(outcome);
}

export function listDeliveries(store: ReadableStore, channelId: string, many: number): Delivery[] {
  return store
    .prepare<[string, number], Omit<Delivery, 'of'> & { of: string }>(
      `SELECT id, run_id AS runId, run_name AS runName, verdict, told_of AS "of", state, tries, last_at AS lastAt, next_at AS nextAt, problem
       FROM notification_delivery WHERE channel_id = ? ORDER BY id DESC LIMIT ?`,
    )
    .all(channelId, many)
    .map((row) => ({ ...row, of: JSON.parse(row.of) as ToldOf[] }));
}

/** Forgets what was settled long ago. */
export function deleteOldDeliveries(store: WritableStore, before: number): void {
  store.prepare('DELETE FROM notification_delivery WHERE next_at IS NULL AND last_at < ?').run(before);
}
