import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { ENROL_PATH, Enrolled, enrolText, type Enrol } from '../../../src-shared/protocol/messages.ts';
import { WorkbenchError } from '../../errors.ts';
import { findHub, insertHub } from '../../store/hub.ts';
import { saveSecret } from '../../store/secrets.ts';
import type { HubServices } from './hub-services.ts';

/** Makes the key pair, shows the code, and keeps what the hub answers. The private key never leaves this home. */
export async function enrolHarness(services: HubServices, wanted: { url: string; code: string }): Promise<void> {
  const { store, clock, secrets } = services;
  const enrolled = findHub(store);
  if (enrolled !== undefined)
    throw new WorkbenchError('CONFLICT', `This harness is enrolled at ${enrolled.url} already. Leave that hub first.`);
  const url = hubAddress(wanted.url);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const shown = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const question: Enrol = {
    code: wanted.code,
    publicKey: shown,
    signature: sign(null, Buffer.from(enrolText(wanted.code, shown)), privateKey).toString('base64'),
    name: services.harnessName(),
    machineMark: services.machineMark,
    appVersion: services.appVersion,
  };
  const sealed = await secrets.seal(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const answer = await ask(services, url, question);
  store.transaction(() => {
    saveSecret(store, sealed, clock.now());
    insertHub(store, {
      url,
      hub_name: answer.hubName,
      harness_id: answer.harnessId,
      key_reference: sealed.reference,
      public_key: shown,
      machine_mark: services.machineMark,
      store_gen: randomUUID(),
      enrolled_at: clock.now(),
    });
  })();
}

async function ask({ wire }: HubServices, url: string, question: Enrol): Promise<Enrolled> {
  const { postJson } = await wire();
  const { status, body } = await postJson(`${url}${ENROL_PATH}`, question).catch((cause: unknown) => {
    throw new WorkbenchError('HUB_OFFLINE', `No hub answers at ${url}. Check the address, and whether this computer reaches it.`, {
      cause,
    });
  });
  if (status === 403)
    throw new WorkbenchError(
      'FORBIDDEN',
      'The hub does not know this code: it is used, older than an hour, or mistyped. Ask for a new one.',
    );
  const answer = Enrolled.safeParse(body);
  if (status !== 200 || !answer.success)
    throw new WorkbenchError('HUB_OFFLINE', `What answers at ${url} is no hub of this kind (status ${status}).`);
  return answer.data;
}

/** The origin, without a path: a hub has its host for itself. */
function hubAddress(given: string): string {
  const withScheme = /^[a-z]+:\/\//iu.test(given) ? given : `https://${given}`;
  try {
    const { protocol, origin, username, host } = new URL(withScheme);
    if (['https:', 'http:'].includes(protocol) && username === '' && host !== '') return origin;
  } catch {
    // Said below, as for every other address that is none.
  }
  throw new WorkbenchError('BAD_REQUEST', `${given} is not an address like https://hub.example.org.`);
}

/** Signs what the hub asked to have signed; the key is at hand for this moment only. */
export async function signWithKey({ secrets }: HubServices, reference: string, text: string): Promise<string> {
  const key = createPrivateKey(await secrets.reveal(reference));
  if (createPublicKey(key).asymmetricKeyType !== 'ed25519')
    throw new WorkbenchError('INTERNAL', 'The key of this home is of another kind.');
  return sign(null, Buffer.from(text), key).toString('base64');
}
