import { isZone } from '../../src-shared/text/lab-time.ts';
import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { isOver } from '../../src-shared/model/reservation-states.ts';
import { MAIL } from '../../src-shared/protocol/items.ts';
import { judgeHello } from '../../src-shared/protocol/judge-hello.ts';
import { helloText, VERSIONS, type Hello, type Refused, type Welcome } from '../../src-shared/protocol/messages.ts';
import { findHarness, lockHarness, mailChain, updateHarness, type HarnessRow, type LinkWrite } from '../store/links.ts';
import type { LinkServices } from './link-services.ts';
import { writeMail } from './write-mail.ts';

/** What the harness has to show before it is let in; a refusal changes nothing, the present link goes on. */
export async function takeHello({ store }: LinkServices, hello: Hello, challenge: string): Promise<HarnessRow | Refused> {
  const harness = await findHarness(store, hello.harnessId);
  if (harness === undefined || !isSigned(harness, hello, challenge)) return refuse('key', 'The hub does not know this key. Enrol again.');
  const refusal = refusalOf(harness);
  if (refusal !== null) return refusal;
  if (hello.versions.min > VERSIONS.max || hello.versions.max < VERSIONS.min) {
    const older = hello.versions.max < VERSIONS.min;
    return refuse(
      'version',
      older ? 'The hub needs a newer workbench. Update this one.' : 'The hub is older than this workbench. Ask for its update.',
    );
  }
  return harness;
}

/** Judges what was shown, in the transaction that makes this session the one whose writes count. Null = the history moved meanwhile: again. */
export function takeProof(
  services: LinkServices,
  hello: Hello,
  proof: { seq: number; chain: string | null },
): Promise<Welcome | Refused | null> {
  return services.store.transaction().execute(async (write) => {
    const harness = await lockHarness(write, hello.harnessId);
    if (harness === undefined || harness.seq !== proof.seq) return null;
    const refusal = refusalOf(harness);
    if (refusal !== null) return refusal;
    const judgement = judgeHello(knownOf(harness), {
      storeGen: hello.storeGen,
      acked: hello.acked,
      chainAtSeq: proof.chain,
      mail: hello.mail,
      mailFits: (await mailChain(write, { id: harness.id, gen: hello.mail.gen ?? '', seq: hello.mail.seq })) === hello.mail.chain,
    });
    if (judgement === 'fenced') {
      await updateHarness(write, harness.id, { doubt_since: harness.doubt_since ?? services.now() });
      return refuse(
        'fenced',
        'This home has another history than the one that the hub knows: it was restored from a backup, or a copy of it went on.',
      );
    }
    const session = randomUUID();
    const renewed = judgement === 'hubBehind' ? await renewMail(write, harness) : harness;
    const now = services.now();
    await updateHarness(write, harness.id, {
      session,
      opened: 0,
      store_gen: hello.storeGen,
      last_heard: now,
      clock_offset: hello.clock - now,
      incarnation: hello.incarnation,
      app_version: hello.appVersion,
      zone: isZone(hello.zone) ? hello.zone : '',
      doubt_since: null,
    });
    return {
      kind: 'welcome',
      version: Math.min(VERSIONS.max, hello.versions.max),
      session,
      seq: harness.seq,
      mailGen: renewed.mail_gen,
      clock: now,
    };
  });
}

function knownOf(harness: HarnessRow) {
  return {
    storeGen: harness.store_gen,
    seq: harness.seq,
    chain: harness.chain,
    mailGen: harness.mail_gen,
    mailHead: harness.mail_head,
    mailAcked: harness.mail_acked,
  };
}

/** The hub was restored: every wish that is not known to be finished is written anew. Ids that the harness knows answer with the truth. */
async function renewMail(write: LinkWrite, harness: HarnessRow): Promise<HarnessRow> {
  let renewed: HarnessRow = { ...harness, mail_gen: randomUUID(), mail_head: 0, mail_chain: '', mail_acked: 0 };
  await updateHarness(write, harness.id, { mail_gen: renewed.mail_gen, mail_head: 0, mail_chain: '', mail_acked: 0 });
  const rows = await write.selectFrom('remote_reservation').selectAll().where('harness_id', '=', harness.id).orderBy('id').execute();
  for (const row of rows) {
    if (row.asked === null || (row.state !== null && isOver(row.state))) continue;
    renewed = await writeMail(write, renewed, {
      kind: 'reservation.request',
      body: MAIL['reservation.request'].parse(JSON.parse(row.asked)),
    });
    await write
      .updateTable('remote_reservation')
      .set({ mail_gen: renewed.mail_gen, mail_seq: renewed.mail_head })
      .where('id', '=', row.id)
      .execute();
    if (row.end_asked_at !== null)
      renewed = await writeMail(write, renewed, { kind: 'reservation.end', body: { id: row.id, user: row.person } });
  }
  return renewRuns(write, renewed);
}

async function renewRuns(write: LinkWrite, harness: HarnessRow): Promise<HarnessRow> {
  let renewed = harness;
  const rows = await write.selectFrom('remote_run').selectAll().where('harness_id', '=', harness.id).orderBy('id').execute();
  for (const row of rows) {
    if (row.asked === null || row.state === 'refused' || row.state === 'ended') continue;
    const body = MAIL['run.request'].parse(JSON.parse(row.asked));
    renewed = await writeMail(write, renewed, { kind: 'run.request', body });
    await write
      .updateTable('remote_run')
      .set({ mail_gen: renewed.mail_gen, mail_seq: renewed.mail_head })
      .where('id', '=', row.id)
      .execute();
    if (row.stop_asked_at !== null)
      renewed = await writeMail(write, renewed, { kind: 'run.stop', body: { id: row.id, user: row.person, now: false } });
  }
  return renewed;
}

function isSigned(harness: HarnessRow, hello: Hello, challenge: string): boolean {
  const key = createPublicKey({ key: Buffer.from(harness.public_key, 'base64'), format: 'der', type: 'spki' });
  const text = helloText(challenge, hello.harnessId, hello.storeGen);
  return verify(null, Buffer.from(text), key, Buffer.from(hello.signature, 'base64'));
}

/** Null = it may come in. */
export function refusalOf({ state }: Pick<HarnessRow, 'state'>): Refused | null {
  if (state === 'presented') return refuse('notApproved', 'An operator of the hub has to approve this harness first.');
  if (state === 'suspended') return refuse('notApproved', 'An operator of the hub has suspended this harness.');
  if (state === 'revoked' || state === 'refused') return refuse('revoked', 'The hub has removed this harness.');
  return null;
}

function refuse(code: Refused['code'], message: string): Refused {
  return { kind: 'refused', code, message, versions: { ...VERSIONS } };
}
