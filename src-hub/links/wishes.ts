import { randomUUID } from 'node:crypto';
import { isOver } from '../../src-shared/model/reservation-states.ts';
import type { Mail, NextHolder } from '../../src-shared/protocol/items.ts';
import { HubError } from '../errors.ts';
import { findRemoteReservation, lockHarness, type HarnessRow, type LinkWrite, type RemoteReservationRow } from '../store/links.ts';
import type { LinkServices } from './link-services.ts';
import { groupsOf } from '../people/groups.ts';
import { writeMail } from './write-mail.ts';

export type AskedReservation = Omit<Extract<Mail, { kind: 'reservation.request' }>['body'], 'user' | 'groups'> & {
  harnessId: string;
  /** Of who asks; some labs share with some groups only. */
  groups?: string[];
};

/** Writes the wish and its mail in one transaction; what becomes of it the harness decides. The same id is asked once. */
export async function askReservation(services: LinkServices, asked: AskedReservation, person: string): Promise<void> {
  const { harnessId, ...wish } = asked;
  await services.store.transaction().execute(async (write) => {
    const harness = await needHarness(write, harnessId);
    const known = await findRemoteReservation(write, wish.id);
    if (known?.person === person) return;
    if (known !== undefined) throw new HubError('CONFLICT', 'This id belongs to another reservation.');
    await needSuts(write, harness, wish.suts);
    const body = { ...wish, groups: wish.groups ?? [], user: person };
    const { mail_gen, mail_head } = await writeMail(write, harness, { kind: 'reservation.request', body });
    const nothing = {
      end_asked_at: null,
      change_id: null,
      change_asked_at: null,
      change_refused: null,
      state: null,
      revision: null,
      fact: null,
      told_at: null,
    };
    const row = {
      id: wish.id,
      harness_id: harnessId,
      person,
      asked: JSON.stringify(body),
      asked_at: services.now(),
      mail_gen,
      mail_seq: mail_head,
    };
    await write
      .insertInto('remote_reservation')
      .values({ ...row, ...nothing })
      .execute();
  });
  services.notices.tell(harnessId);
}

/** Asks for the end of a hold, or takes a wish back. What is over stays as it is. */
export async function askEnd(services: LinkServices, id: string, person: string): Promise<void> {
  await change(services, { id, person }, async (write, { harness, row }) => {
    if (row.end_asked_at !== null) return;
    await writeMail(write, harness, { kind: 'reservation.end', body: { id, user: person } });
    await write.updateTable('remote_reservation').set({ end_asked_at: services.now() }).where('id', '=', id).execute();
  });
}

/** Asks for another end; null = none. Its harness decides, and refuses where somebody would be late. */
export async function askOtherEnd(services: LinkServices, { id, end }: { id: string; end: number | null }, person: string): Promise<void> {
  await change(services, { id, person }, async (write, { harness }) => {
    const changeId = randomUUID();
    await writeMail(write, harness, { kind: 'reservation.change', body: { changeId, id, user: person, end } });
    const patch = { change_id: changeId, change_asked_at: services.now(), change_refused: null };
    await write.updateTable('remote_reservation').set(patch).where('id', '=', id).execute();
  });
}

/** Asks that somebody else has it from now on; its harness decides. Somebody of the hub is named by the login. */
export async function askHandOver(
  services: LinkServices,
  { id, to, at }: { id: string; to: string; at: NextHolder['at'] },
  person: string,
): Promise<void> {
  if (at === 'hub') await needPerson(services, to);
  const groups = at === 'hub' ? await groupsOf(services.store, to) : [];
  await change(services, { id, person }, async (write, { harness }) => {
    const changeId = randomUUID();
    const handTo = at === 'hub' ? { at, person: to, groups } : { at, person: to };
    await writeMail(write, harness, { kind: 'reservation.change', body: { changeId, id, user: person, handTo } });
    const patch = { change_id: changeId, change_asked_at: services.now(), change_refused: null };
    await write.updateTable('remote_reservation').set(patch).where('id', '=', id).execute();
  });
}

async function needPerson({ store }: LinkServices, login: string): Promise<void> {
  const found = await store.selectFrom('person').select('id').where('login', '=', login).where('disabled', '=', 0).executeTakeFirst();
  if (found === undefined) throw new HubError('NOT_FOUND', `Nobody here has the login ${login}.`);
}

interface Found {
  harness: HarnessRow;
  row: RemoteReservationRow;
}

async function change(
  services: LinkServices,
  { id, person }: { id: string; person: string },
  deed: (write: LinkWrite, found: Found) => Promise<void>,
): Promise<void> {
  const known = await findRemoteReservation(services.store, id);
  if (known === undefined) throw new HubError('NOT_FOUND', 'This reservation does not exist.');
  if (known.person !== person) throw new HubError('FORBIDDEN', `This reservation is of ${known.person}.`);
  await services.store.transaction().execute(async (write) => {
    const harness = await needHarness(write, known.harness_id);
    const row = await findRemoteReservation(write, id);
    if (row === undefined || (row.state !== null && isOver(row.state))) throw new HubError('CONFLICT', 'This reservation is over.');
    await deed(write, { harness, row });
  });
  services.notices.tell(known.harness_id);
}

/** Tells every lab that a person may no longer have anything, or may again. */
export async function tellOfPerson(services: LinkServices, person: string, off: boolean): Promise<void> {
  const harnesses = await services.store.selectFrom('harness').select('id').where('state', '=', 'approved').execute();
  for (const { id } of harnesses) {
    await services.store.transaction().execute(async (write) => {
      const harness = await lockHarness(write, id);
      if (harness !== undefined) await writeMail(write, harness, { kind: off ? 'user.off' : 'user.on', body: { user: person } });
    });
    services.notices.tell(id);
  }
}

export async function needHarness(write: LinkWrite, id: string): Promise<HarnessRow> {
  const harness = await lockHarness(write, id);
  if (harness === undefined || harness.state !== 'approved')
    throw new HubError('NOT_FOUND', 'This lab is not (or no longer) part of the hub.');
  if (harness.doubt_since !== null)
    throw new HubError('CONFLICT', 'The identity of this lab is in doubt. Ask its owner, or choose another.');
  return harness;
}

async function needSuts(write: LinkWrite, harness: HarnessRow, names: readonly string[]): Promise<void> {
  const shared = await write
    .selectFrom('directory_sut')
    .select('name')
    .where('harness_id', '=', harness.id)
    .where('name', 'in', names)
    .execute();
  const missing = names.filter((name) => !shared.some((sut) => sut.name === name));
  if (missing.length > 0) throw new HubError('NOT_FOUND', `${harness.name} does not share ${missing.join(', ')}.`);
}
