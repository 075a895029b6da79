import { randomUUID } from 'node:crypto';
import type { AuditEntry } from '../../src-shared/model/hub-people.ts';
import type { HubStore } from '../store/tables.ts';

export async function writeAudit(store: HubStore, entry: Omit<AuditEntry, 'id'> & { personId: string | null }): Promise<void> {
  await store
    .insertInto('audit')
    .values({
      id: randomUUID(),
      at: entry.at,
      person_id: entry.personId,
      person_name: entry.person,
      deed: entry.deed,
      subject: entry.subject.slice(0, 200),
      outcome: entry.outcome,
      address: entry.address.slice(0, 100),
    })
    .execute();
}

export async function listAudit(store: HubStore, { before, limit }: { before?: number | undefined; limit: number }): Promise<AuditEntry[]> {
  const rows = await store
    .selectFrom('audit')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('at', '<', before ?? 0))
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    person: row.person_name,
    deed: row.deed,
    subject: row.subject,
    outcome: row.outcome,
    address: row.address,
  }));
}
