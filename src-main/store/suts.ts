import type { Endpoint } from '../../src-shared/model/sut-endpoint.ts';
import type { CapabilityCheck, Maintenance, Quarantine, SutIdentity } from '../../src-shared/model/sut-state.ts';
import type { SutField, SutRole } from '../../src-shared/model/sut.ts';
import { nameKey } from '../text-key.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

/** A SUT as it is kept; whether a run uses it is not here, that is in its lease. */
export interface SutRow extends SutFacts, SutFindings, SutHolder {}

export interface SutFacts {
  id: string;
  name: string;
  role: SutRole;
  information: SutField[];
  tags: string[];
  maintainedBy: string;
  parentId: string | null;
  endpoints: Endpoint[];
  createdAt: number;
  changedAt: number;
}

/** What was found out about it, apart from what people write. */
export interface SutFindings {
  identity: SutIdentity | null;
  card: CapabilityCheck[];
  maintenance: Maintenance | null;
  quarantine: Quarantine | null;
}

/** A view of the reservation that has it now, active or ending; all null when nobody has. */
interface SutHolder {
  reservedBy: string | null;
  reservedSince: number | null;
  /** Null also for a hold without end. */
  reservedUntil: number | null;
  reservationId: string | null;
}

type Kept = 'information' | 'tags' | 'endpoints' | 'card';
type Found = 'identity' | 'maintenance' | 'quarantine';
type RawRow = Omit<SutRow, Kept | Found> & Record<Kept, string> & Record<Found, string | null>;

const SELECT = `SELECT sut.id, name, role, information, tags, maintained_by AS maintainedBy,
  parent_id AS parentId, endpoints, identity, card, maintenance, quarantine, r.holder AS reservedBy,
  r.begin_at AS reservedSince, r.end_at AS reservedUntil, r.id AS reservationId, created_at AS createdAt, sut.changed_at AS changedAt
  FROM sut LEFT JOIN hold ON hold.sut_id = sut.id LEFT JOIN reservation AS r ON r.number = hold.reservation`;

export function listSuts(store: ReadableStore): SutRow[] {
  return store.prepare<[], RawRow>(`${SELECT} ORDER BY name_key`).all().map(parse);
}

export function findSut(store: ReadableStore, id: string): SutRow | undefined {
  const row = store.prepare<[string], RawRow>(`${SELECT} WHERE sut.id = ?`).get(id);
  return row && parse(row);
}

export function findSutByName(store: ReadableStore, name: string): SutRow | undefined {
  const row = store.prepare<[string], RawRow>(`${SELECT} WHERE name_key = ?`).get(nameKey(name));
  return row && parse(row);
}

/** Those in quarantine or maintenance: few, and asked for at every look at the queue. */
export function listSutsSetAside(store: ReadableStore): SutRow[] {
  return store.prepare<[], RawRow>(`${SELECT} WHERE maintenance IS NOT NULL OR quarantine IS NOT NULL`).all().map(parse);
}

export function saveSut(store: WritableStore, sut: SutFacts): void {
  store
    .prepare(
      `INSERT INTO sut (id, name, name_key, role, information, tags, maintained_by, parent_id, endpoints, created_at, changed_at)
       VALUES (@id, @name, @nameKey, @role, @information, @tags, @maintainedBy, @parentId, @endpoints, @createdAt, @changedAt)
       ON CONFLICT (id) DO UPDATE SET name = @name, name_key = @nameKey, role = @role, information = @information, tags = @tags,
         maintained_by = @maintainedBy, parent_id = @parentId, endpoints = @endpoints, changed_at = @changedAt`,
    )
    .run({
      ...sut,
      nameKey: nameKey(sut.name),
      information: JSON.stringify(sut.information),
      tags: JSON.stringify(sut.tags),
      endpoints: JSON.stringify(sut.endpoints),
    });
}

/** Writes what was found out; what people wrote meanwhile stays. */
export function saveFindings(store: WritableStore, id: string, found: Partial<SutFindings>): void {
  for (const name of ['identity', 'card', 'maintenance', 'quarantine'] as const) {
    const value = found[name];
    if (value === undefined) continue;
    store.prepare(`UPDATE sut SET ${name} = ? WHERE id = ?`).run(value === null ? null : JSON.stringify(value), id);
  }
}

export function deleteSut(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM sut WHERE id = ?').run(id);
}

function parse(row: RawRow): SutRow {
  return {
    ...row,
    information: JSON.parse(row.information) as SutField[],
    tags: JSON.parse(row.tags) as string[],
    endpoints: JSON.parse(row.endpoints) as Endpoint[],
    card: JSON.parse(row.card) as CapabilityCheck[],
    identity: parsed<SutIdentity>(row.identity),
    maintenance: parsed<Maintenance>(row.maintenance),
    quarantine: parsed<Quarantine>(row.quarantine),
  };
}

function parsed<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T);
}
