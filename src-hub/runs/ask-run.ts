import { randomUUID } from 'node:crypto';
import { MAIL, ReservationFact, type Mail } from '../../src-shared/protocol/items.ts';
import type { Bringing } from '../../src-shared/model/hub-plans.ts';
import type { RunOptions } from '../../src-shared/model/run.ts';
import type { Selection } from '../../src-shared/model/test-data.ts';
import { HubError } from '../errors.ts';
import { needHarness } from '../links/wishes.ts';
import { writeMail } from '../links/write-mail.ts';
import { findRemoteReservation, type HarnessRow, type LinkWrite } from '../store/links.ts';
import { findRemoteRun, insertRemoteRun, NOTHING_SAID, updateRemoteRun, type RemoteRunRow } from '../store/runs.ts';
import { demandKnown, needContent, resolveBringing } from './resolve-bringing.ts';
import type { HubRunServices } from './run-services.ts';

export interface AskedRun {
  id: string;
  reservationId: string;
  testDataId: string;
  name?: string | undefined;
  suts?: string[] | undefined;
  selection: Selection;
  condition?: { name: string; yaml: string } | undefined;
  options: RunOptions;
  bringing: Bringing;
}

type Wish = Extract<Mail, { kind: 'run.request' }>['body'];

/** Writes the wish and its mail in one transaction. What becomes of it the lab says: it checks everything before it queues anything. */
export async function askRun(services: HubRunServices, asked: AskedRun, person: string): Promise<void> {
  const { id, reservationId, testDataId, selection, options } = asked;
  const harnessId = await services.store.transaction().execute(async (write) => {
    const known = await findRemoteRun(write, id);
    if (known?.person === person) return known.harness_id;
    if (known !== undefined) throw new HubError('CONFLICT', 'This id belongs to another run.');
    const data = await needContent(write, testDataId, 'suites');
    const brought = await resolveBringing(write, asked.bringing);
    const held = await needHold(write, { id: reservationId, person });
    const harness = await needHarness(write, held.harnessId);
    demandKnown(harness.policy, brought);
    const testData = { sha256: data.sha256, size: data.size, name: data.name };
    const given = asked.condition === undefined ? {} : { condition: asked.condition };
    const name = asked.name ?? data.name;
    const suts = asked.suts ?? held.suts;
    await ask(services, write, {
      harness,
      wish: { id, user: person, reservationId, name, testData, suts, selection, options, ...given, ...brought },
      testDataId,
    });
    return harness.id;
  });
  tell(services, harnessId, id);
}

/** The same again: what it was bound to is known at its lab, so only its id travels. Answers the id of the new run. */
export async function askRerun(
  services: HubRunServices,
  { id, failedOnly }: { id: string; failedOnly: boolean },
  person: string,
): Promise<string> {
  const again = randomUUID();
  const harnessId = await services.store.transaction().execute(async (write) => {
    const row = await findRemoteRun(write, id);
    if (row === undefined) throw new HubError('NOT_FOUND', 'This run does not exist.');
    if (row.asked === null || row.state === 'refused')
      throw new HubError('CONFLICT', 'What it was started with is not known any more. Start it anew.');
    const wish = MAIL['run.request'].parse(JSON.parse(row.asked));
    const reservationId = await findHold(write, { harnessId: row.harness_id, person, suts: wish.suts });
    if (reservationId === null)
      throw new HubError('NOT_RESERVED', `You do not hold ${wish.suts.join(', ')} now. Reserve and run it again.`);
    const harness = await needHarness(write, row.harness_id);
    const repeated = { ...wish, id: again, user: person, reservationId, rerunOf: { id, failedOnly } };
    await ask(services, write, { harness, wish: repeated, testDataId: row.test_data_id });
    return harness.id;
  });
  tell(services, harnessId, again);
  return again;
}

/** Asked once; what has come to its end stays as it is. */
export async function askStop(
  services: HubRunServices,
  { id, now }: { id: string; now: boolean },
  who: { login: string; role: string },
): Promise<void> {
  const row = await needOwn(services, id, who);
  if (row.state === 'ended' || row.state === 'refused') throw new HubError('CONFLICT', 'This run has ended already.');
  await services.store.transaction().execute(async (write) => {
    const harness = await needHarness(write, row.harness_id);
    await writeMail(write, harness, { kind: 'run.stop', body: { id, user: row.person, now } });
    await updateRemoteRun(write, id, { stop_asked_at: row.stop_asked_at ?? services.now() });
  });
  tell(services, row.harness_id, id);
}

async function needOwn({ store }: HubRunServices, id: string, { login, role }: { login: string; role: string }): Promise<RemoteRunRow> {
  const row = await findRemoteRun(store, id);
  if (row === undefined) throw new HubError('NOT_FOUND', 'This run does not exist.');
  if (row.person !== login && role === 'tester') throw new HubError('FORBIDDEN', `This run is of ${row.person}.`);
  return row;
}

async function ask(
  services: HubRunServices,
  write: LinkWrite,
  { harness, wish, testDataId }: { harness: HarnessRow; wish: Wish; testDataId: string | null },
): Promise<void> {
  const { mail_gen, mail_head } = await writeMail(write, harness, { kind: 'run.request', body: wish });
  const { id, user: person, name } = wish;
  const asked = { asked: JSON.stringify(wish), asked_at: services.now(), test_data_id: testDataId, mail_gen, mail_seq: mail_head };
  await insertRemoteRun(write, { id, harness_id: harness.id, person, name, ...NOTHING_SAID, ...asked });
}

/** One's own hold that has begun, as its lab last said. */
async function needHold(write: LinkWrite, { id, person }: { id: string; person: string }): Promise<{ harnessId: string; suts: string[] }> {
  const row = await findRemoteReservation(write, id);
  if (row === undefined || row.person !== person) throw new HubError('NOT_RESERVED', 'There is no such reservation of yours.');
  if (row.state !== 'active' || row.fact === null)
    throw new HubError('NOT_RESERVED', 'This reservation has not begun, or it is over. A run needs one that is active.');
  return { harnessId: row.harness_id, suts: ReservationFact.parse(JSON.parse(row.fact)).suts.map(({ name }) => name) };
}

async function findHold(
  write: LinkWrite,
  { harnessId, person, suts }: { harnessId: string; person: string; suts: readonly string[] },
): Promise<string | null> {
  const rows = await write
    .selectFrom('remote_reservation')
    .select(['id', 'fact'])
    .where('harness_id', '=', harnessId)
    .where('person', '=', person)
    .where('state', '=', 'active')
    .execute();
  const found = rows.find(({ fact }) => {
    const names = fact === null ? [] : ReservationFact.parse(JSON.parse(fact)).suts.map(({ name }) => name);
    return suts.every((name) => names.includes(name));
  });
  return found?.id ?? null;
}

function tell({ notices }: HubRunServices, harnessId: string, id: string): void {
  notices.tell(harnessId);
  notices.tell(id, 'run');
}
