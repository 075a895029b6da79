import { createPublicKey, randomBytes, randomUUID, verify } from 'node:crypto';
import { nextEnrolment, type EnrolmentEvent } from '../../src-shared/protocol/link-states.ts';
import { Enrol, enrolText, type Enrolled } from '../../src-shared/protocol/messages.ts';
import { HubError } from '../errors.ts';
import { lockHarness, updateHarness, type LinkWrite } from '../store/links.ts';
import { sha256, type LinkServices } from './link-services.ts';

const CODE_LASTS_MS = 3_600_000;
/** Without those that look alike. */
const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** A code that lets one harness ask to join, within an hour. Only its hash is kept. */
export async function makeCode({ store, now }: LinkServices, madeBy: string): Promise<{ code: string; expiresAt: number }> {
  const letters = [...randomBytes(16)].map((byte) => LETTERS[byte % LETTERS.length]);
  const code = [0, 4, 8, 12].map((from) => letters.slice(from, from + 4).join('')).join('-');
  const expiresAt = now() + CODE_LASTS_MS;
  await store
    .insertInto('harness_code')
    .values({ hash: hashOf(code), made_by: madeBy, expires_at: expiresAt, used_by: null })
    .execute();
  return { code, expiresAt };
}

/** Null = refused, for whatever reason: who guesses learns nothing. The same key is answered the same, however often it asks. */
export async function takeEnrolment(services: LinkServices, message: unknown): Promise<Enrolled | null> {
  const parsed = Enrol.safeParse(message);
  if (!parsed.success || !isSigned(parsed.data)) return null;
  const enrol = parsed.data;
  const harnessId = await services.store.transaction().execute((write) => present(services, write, enrol));
  return harnessId === null ? null : { harnessId, hubName: services.hubName() };
}

async function present({ now }: LinkServices, write: LinkWrite, enrol: Enrol): Promise<string | null> {
  const hash = hashOf(enrol.code);
  const code = await write.updateTable('harness_code').set({ hash }).where('hash', '=', hash).returningAll().executeTakeFirst();
  if (code === undefined) return null;
  if (code.used_by !== null) {
    const known = await write.selectFrom('harness').select(['id', 'public_key']).where('id', '=', code.used_by).executeTakeFirst();
    return known?.public_key === enrol.publicKey ? known.id : null;
  }
  if (code.expires_at <= now()) return null;
  const id = randomUUID();
  await write
    .insertInto('harness')
    .values({
      ...{
        id,
        name: enrol.name,
        public_key: enrol.publicKey,
        state: 'presented',
        machine_mark: enrol.machineMark,
        app_version: enrol.appVersion,
        zone: '',
      },
      ...{ store_gen: null, seq: 0, chain: '', mail_gen: randomUUID(), mail_head: 0, mail_chain: '', mail_acked: 0 },
      ...{
        session: null,
        opened: 0,
        paused: 0,
        policy: null,
        doubt_since: null,
        last_heard: null,
        clock_offset: 0,
        incarnation: 0,
        presented_at: now(),
      },
    })
    .execute();
  await write.updateTable('harness_code').set({ used_by: id }).where('hash', '=', hash).execute();
  return id;
}

/** Approves, refuses or revokes. What is revoked loses its session in the same transaction, and its socket at once. */
export async function decideEnrolment(services: LinkServices, { id, event }: { id: string; event: EnrolmentEvent }): Promise<void> {
  await services.store.transaction().execute(async (write) => {
    const harness = await lockHarness(write, id);
    if (harness === undefined) throw new HubError('NOT_FOUND', 'This harness does not exist.');
    const state = nextEnrolment(harness.state, event);
    if (state === null) throw new HubError('CONFLICT', `A harness that is ${harness.state} cannot be ${event}.`);
    await updateHarness(write, id, { state, ...(state === 'approved' ? {} : { session: null, opened: 0 }) });
  });
  services.notices.tell(id);
}

export async function renameHarness(services: LinkServices, { id, name }: { id: string; name: string }): Promise<void> {
  const { numUpdatedRows } = await services.store.updateTable('harness').set({ name }).where('id', '=', id).executeTakeFirst();
  if (numUpdatedRows === 0n) throw new HubError('NOT_FOUND', 'This harness does not exist.');
}

function isSigned({ code, publicKey, signature }: Enrol): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return (
      key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(enrolText(code, publicKey)), key, Buffer.from(signature, 'base64'))
    );
  } catch {
    return false;
  }
}

/** People type codes in small letters and with spaces. */
function hashOf(code: string): string {
  return sha256(code.toUpperCase().replace(/[^A-Z0-9]/gu, ''));
}
