import { randomUUID } from 'node:crypto';
import { HubNoticeBody, type HubNoticeKind } from '../../src-shared/model/hub-notice.ts';
import type { HubStore } from '../store/tables.ts';

export interface NewNotice {
  person: string;
  kind: HubNoticeKind;
  /** Of what it tells: told once. */
  key: string;
  subject: string;
  body: Partial<HubNoticeBody> & Pick<HubNoticeBody, 'harness' | 'suts'>;
  /** UTC ms. */
  at: number;
}

/** False: it was told before. */
export async function writeNotice(write: HubStore, { body, ...notice }: NewNotice): Promise<boolean> {
  const row = { id: randomUUID(), ...notice, body: JSON.stringify(HubNoticeBody.parse(body)), read_at: null };
  const written = await write
    .insertInto('notice')
    .values(row)
    .onConflict((conflict) => conflict.columns(['person', 'key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return written !== undefined;
}
