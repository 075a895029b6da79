import { randomUUID } from 'node:crypto';
import type { HubBadge } from '../../src-shared/model/hub-runs.ts';
import { HubError } from '../errors.ts';
import { hashSecret, makeSecret } from '../people/secrets.ts';
import type { RemoteRunTable } from '../store/run-tables.ts';
import { drawBadge } from './draw-badge.ts';
import { needRun } from './list-runs.ts';
import type { HubRunServices } from './run-services.ts';

export const BADGES_PATH = '/badges';
const LATEST = 'latest';
const MOST = 50;

export async function listBadges({ store }: HubRunServices): Promise<HubBadge[]> {
  const rows = await store
    .selectFrom('badge')
    .select(['id', 'name', 'person', 'created_at'])
    .orderBy('name')
    .orderBy('created_at')
    .execute();
  return rows.map(({ created_at: createdAt, ...row }) => ({ ...row, createdAt }));
}

/** Only its hash is kept: the paths are known now and never again. */
export async function createBadge(
  services: HubRunServices,
  { name, person }: { name: string; person: string },
): Promise<{ badge: HubBadge; image: string; latest: string }> {
  const mine = (await listBadges(services)).filter((one) => one.person === person);
  if (mine.length >= MOST) throw new HubError('CONFLICT', `You have ${MOST} badges. Withdraw some first.`);
  const token = makeSecret();
  const badge = { id: randomUUID(), name, person, createdAt: services.now() };
  const { createdAt, ...row } = badge;
  await services.store
    .insertInto('badge')
    .values({ ...row, created_at: createdAt, token_hash: hashSecret(token) })
    .execute();
  return { badge, image: `${BADGES_PATH}/${token}.svg`, latest: `${BADGES_PATH}/${token}/${LATEST}` };
}

export async function removeBadge({ store }: HubRunServices, id: string, { login, role }: { login: string; role: string }): Promise<void> {
  const row = await store.selectFrom('badge').select('person').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new HubError('NOT_FOUND', 'This badge does not exist any more.');
  if (row.person !== login && role === 'tester') throw new HubError('FORBIDDEN', `${row.person} made this badge.`);
  await store.deleteFrom('badge').where('id', '=', id).execute();
}

export type OpenedBadge = { kind: 'image'; svg: string } | { kind: 'page'; path: string };

/** What is behind `TOKEN.svg` and `TOKEN/latest`. Throws NOT_FOUND: nobody made it, it was withdrawn, or there is no run to lead to. */
export async function openBadge(services: HubRunServices, rest: string): Promise<OpenedBadge> {
  const [, token = '', what = ''] = /^([\w-]{16,100})(\.svg|\/latest)$/u.exec(rest) ?? [];
  const badge = await services.store.selectFrom('badge').select('name').where('token_hash', '=', hashSecret(token)).executeTakeFirst();
  if (badge === undefined) throw new HubError('NOT_FOUND', 'There is no such badge, or it was withdrawn.');
  const { name } = badge;
  const newest = await newestOf(services, name);
  if (what === `/${LATEST}`) {
    if (newest === undefined) throw new HubError('NOT_FOUND', `No run of ${name} has ended yet.`);
    return { kind: 'page', path: `/runs/${newest.id}` };
  }
  if (newest === undefined) return { kind: 'image', svg: drawBadge({ name, verdict: null, counts: null }) };
  const { verdict, counts } = await needRun(services, newest.id);
  return { kind: 'image', svg: drawBadge({ name, verdict, counts }) };
}

/** One that goes on says nothing yet; one that a lab refused was none. */
function newestOf({ store }: HubRunServices, name: string): Promise<Pick<RemoteRunTable, 'id'> | undefined> {
  return store
    .selectFrom('remote_run')
    .select('id')
    .where('name', '=', name)
    .where('state', '=', 'ended')
    .orderBy('asked_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
}
