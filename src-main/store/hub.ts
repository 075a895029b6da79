import { BringLimits, NOTHING_BROUGHT } from '../../src-shared/model/bring-limits.ts';
import type { RemoteConsoles } from '../../src-shared/model/remote-consoles.ts';
import { NO_LIMITS, ShareLimits } from '../../src-shared/model/share-limits.ts';
import type { HomeState } from '../../src-shared/protocol/link-states.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

/** The hub that this home is enrolled at, as SQLite has it. */
export interface HubRow {
  url: string;
  hub_name: string;
  harness_id: string;
  key_reference: string;
  /** SPKI as base64. */
  public_key: string;
  machine_mark: string;
  store_gen: string;
  incarnation: number;
  state: HomeState;
  /** Items of the outbox that the hub has counted. */
  acked: number;
  mail_gen: string | null;
  mail_seq: number;
  mail_chain: string;
  paused: 0 | 1;
  /** Remote people may run their suites on this computer. */
  runs_allowed: 0 | 1;
  /** JSON of BringLimits: what remote people may bring besides suites; null = nothing. */
  bring: string | null;
  /** What remote people may do with the consoles of machines that they hold. */
  consoles: RemoteConsoles;
  /** What the outbox says of the policy, as JSON; null = nothing yet. */
  told_policy: string | null;
  enrolled_at: number;
  last_up_at: number | null;
}

export function findHub(store: ReadableStore): HubRow | undefined {
  return store.prepare<[], HubRow>('SELECT * FROM hub').get();
}

export type NewHub = Pick<
  HubRow,
  'url' | 'hub_name' | 'harness_id' | 'key_reference' | 'public_key' | 'machine_mark' | 'store_gen' | 'enrolled_at'
>;

export function insertHub(store: WritableStore, hub: NewHub): void {
  store
    .prepare(
      `INSERT INTO hub (one, url, hub_name, harness_id, key_reference, public_key, machine_mark, store_gen, enrolled_at, state)
       VALUES (1, @url, @hub_name, @harness_id, @key_reference, @public_key, @machine_mark, @store_gen, @enrolled_at, 'notApproved')`,
    )
    .run(hub);
}

export function updateHub(store: WritableStore, patch: Partial<HubRow>): void {
  const columns = Object.keys(patch);
  store.prepare(`UPDATE hub SET ${columns.map((column) => `${column} = @${column}`).join(', ')}`).run(patch);
}

/** Everything that was between this home and its hub; reservations that came from there are history now. */
export function deleteHub(store: WritableStore): void {
  for (const table of [
    'hub',
    'hub_outbox',
    'hub_wish',
    'hub_shared_sut',
    'hub_share_limit',
    'hub_told_sut',
    'hub_person_off',
    'hub_run',
    'hub_content',
    'hub_library',
  ])
    store.prepare(`DELETE FROM ${table}`).run();
}

/** What remote people may bring besides suites, as the owner set it. */
export function bringLimitsOf({ bring }: Pick<HubRow, 'bring'>): BringLimits {
  return bring === null ? NOTHING_BROUGHT : BringLimits.parse(JSON.parse(bring));
}

export function listSharedSuts(store: ReadableStore): string[] {
  return store.prepare<[], string>('SELECT sut_id FROM hub_shared_sut').pluck().all();
}

export function shareSut(store: WritableStore, sutId: string, shared: boolean): void {
  if (shared) store.prepare('INSERT OR IGNORE INTO hub_shared_sut (sut_id) VALUES (?)').run(sutId);
  else store.prepare('DELETE FROM hub_shared_sut WHERE sut_id = ?').run(sutId);
}

/** With whom and when a SUT is shared, as its owner set it. */
export function findShareLimits(store: ReadableStore, sutId: string): ShareLimits {
  const limits = store.prepare<[string], string>('SELECT limits FROM hub_share_limit WHERE sut_id = ?').pluck().get(sutId);
  return limits === undefined ? NO_LIMITS : ShareLimits.parse(JSON.parse(limits));
}

export function saveShareLimits(store: WritableStore, sutId: string, limits: ShareLimits): void {
  const none = limits.groups.length === 0 && limits.hours === null;
  if (none) store.prepare('DELETE FROM hub_share_limit WHERE sut_id = ?').run(sutId);
  else store.prepare('INSERT OR REPLACE INTO hub_share_limit (sut_id, limits) VALUES (?, ?)').run(sutId, JSON.stringify(limits));
}

/** SUT id to the digest of what the hub was told of it. */
export function listToldSuts(store: ReadableStore): Map<string, string> {
  const rows = store.prepare<[], { id: string; digest: string }>('SELECT sut_id AS id, digest FROM hub_told_sut').all();
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}

export function saveToldSut(store: WritableStore, id: string, digest: string | null): void {
  if (digest === null) store.prepare('DELETE FROM hub_told_sut WHERE sut_id = ?').run(id);
  else store.prepare('INSERT OR REPLACE INTO hub_told_sut (sut_id, digest) VALUES (?, ?)').run(id, digest);
}

export function isPersonOff(store: ReadableStore, person: string): boolean {
  return store.prepare('SELECT 1 FROM hub_person_off WHERE person = ?').get(person) !== undefined;
}

export function savePersonOff(store: WritableStore, person: string, off: boolean): void {
  if (off) store.prepare('INSERT OR IGNORE INTO hub_person_off (person) VALUES (?)').run(person);
  else store.prepare('DELETE FROM hub_person_off WHERE person = ?').run(person);
}
