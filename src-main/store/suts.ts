import type { SutField, SutRole } from '../../src-shared/model/sut.ts';
import { nameKey } from '../text-key.ts';
import type { ReadableStore, WritableStore } from './handle.ts';

/** A SUT as it is kept; whether a run uses it is not here, that is in its lease. */
export interface SutRow {
  id: string;
  name: string;
  role: SutRole;
  information: SutField[];
  tags: string[];
  maintainedBy: string;
  reservedBy: string | null;
  reservedSince: number | null;
  createdAt: number;
  changedAt: number;
}

type RawRow = Omit<SutRow, 'information' | 'tags'> & { information: string; tags: string };

const SELECT = `SELECT id, name, role, information, tags, maintained_by AS maintainedBy, reserved_by AS reservedBy,
  reserved_since AS reservedSince, created_at AS createdAt, changed_at AS changedAt FROM sut`;

export function listSuts(store: ReadableStore): SutRow[] {
  return store.prepare<[], RawRow>(`${SELECT} ORDER BY name_key`).all().map(parse);
}

export function findSut(store: ReadableStore, id: string): SutRow | undefined {
  const row = store.prepare<[string], RawRow>(`${SELECT} WHERE id = ?`).get(id);
  return row && parse(row);
}

export function findSutByName(store: ReadableStore, name: string): SutRow | undefined {
  const row = store.prepare<[string], RawRow>(`${SELECT} WHERE name_key = ?`).get(nameKey(name));
  return row && parse(row);
}

export function saveSut(store: WritableStore, sut: SutRow): void {
  store
    .prepare(
      `INSERT INTO sut (id, name, name_key, role, information, tags, maintained_by, reserved_by, reserved_since, created_at, changed_at)
       VALUES (@id, @name, @nameKey, @role, @information, @tags, @maintainedBy, @reservedBy, @reservedSince, @createdAt, @changedAt)
       ON CONFLICT (id) DO UPDATE SET name = @name, name_key = @nameKey, role = @role, information = @information, tags = @tags,
         maintained_by = @maintainedBy, reserved_by = @reservedBy, reserved_since = @reservedSince, changed_at = @changedAt`,
    )
    .run({ ...sut, nameKey: nameKey(sut.name), information: JSON.stringify(sut.information), tags: JSON.stringify(sut.tags) });
}

export function deleteSut(store: WritableStore, id: string): void {
  store.prepare('DELETE FROM sut WHERE id = ?').run(id);
}

function parse(row: RawRow): SutRow {
  return { ...row, information: JSON.parse(row.information) as SutField[], tags: JSON.parse(row.tags) as string[] };
}
