import { randomBytes } from 'node:crypto';
import { getChannelAuthenticationCapabilities, getSessionChallenge, thisChannel } from '../commands/app/channel-authentication.js';
import { activateSession, setSessionPrivilege } from '../commands/app/session.js';
import { privilegeNumber } from '../commands/privilege.js';
import { legacyAuthTypes, type LegacyAuth } from '../crypto/legacy-auth.js';
import { LegacyEnvelope } from '../rmcpplus/envelope.js';
import { readLegacy, sealLegacy } from '../rmcpplus/legacy-packet.js';
import { pack, unpack } from '../wire/codec.js';
import { CompletionError } from '../wire/command.js';
import { AuthenticationError, MalformedError, UnsupportedError } from '../wire/errors.js';
import { bmcAddress, consoleAddress, packLanMessage, unpackLanMessage } from '../wire/lan-message.js';
import type { Channel } from './channel.js';
import type { CredentialBytes, Credentials } from './credentials.js';
import { exchange, type RetryPolicy } from './retry.js';
import { Session, type SessionSettings } from './session.js';
import { sendSessionless } from './sessionless.js';

export interface LegacyChoice {
  /** Authentication types allowed, best first; left out: MD5 only. */
  readonly auth?: readonly LegacyAuth[];
  /** True: do not even ask for IPMI 2.0. */
  readonly only?: boolean;
}

interface LegacyOpening {
  readonly options: Credentials & SessionSettings;
  readonly secrets: CredentialBytes;
  readonly link: { channel: Channel; policy: RetryPolicy };
}

async function chooseAuth(opening: LegacyOpening, choice: LegacyChoice): Promise<LegacyAuth> {
  const privilege = opening.options.privilege ?? 'administrator';
  const offered = await sendSessionless(opening.link, getChannelAuthenticationCapabilities, {
    channel: thisChannel,
    wantsIpmi20: false,
    privilege,
  });
  const found = (choice.auth ?? ['md5']).find((auth) => offered[auth]);
  if (found === undefined) throw new UnsupportedError('the BMC offers none of the allowed IPMI 1.5 authentication types');
  return found;
}

/** IPMI 1.5 session: challenge, activate, privilege (IPMI 2.0 22.16 to 22.18). */
export async function openLegacySession(opening: LegacyOpening, choice: LegacyChoice): Promise<Session> {
  const { options, secrets, link } = opening;
  const auth = await chooseAuth(opening, choice);
  const authType = legacyAuthTypes[auth];
  const challenge = await sendSessionless(link, getSessionChallenge, { authType, username: secrets.username }).catch((error: unknown) => {
    if (error instanceof CompletionError && (error.completionCode === 0x81 || error.completionCode === 0x82))
      throw new AuthenticationError(`login refused: ${error.words}`);
    throw error;
  });
  const keys = { auth, password: secrets.password };
  const privilege = options.privilege ?? 'administrator';
  const activated = await activate(link, {
    keys,
    temporaryId: challenge.temporarySessionId.readUInt32LE(),
    data: pack(activateSession.request, {
      authType,
      privilege: privilegeNumber(privilege),
      challenge: challenge.challenge,
      initialOutbound: randomBytes(4).readUInt32LE() || 1,
    }),
  });
  const session = new Session(link.channel, new LegacyEnvelope(activated.sessionId, keys, activated.initialInbound), options);
  try {
    if (privilege !== 'user') await session.send(setSessionPrivilege, { privilege });
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

interface Activation {
  readonly keys: { auth: LegacyAuth; password: Buffer };
  readonly temporaryId: number;
  readonly data: Buffer;
}

async function activate(link: LegacyOpening['link'], { keys, temporaryId, data }: Activation) {
  const message = packLanMessage({
    target: bmcAddress,
    netFn: activateSession.netFn,
    targetLun: 0,
    source: consoleAddress,
    sequence: 1,
    sourceLun: 0,
    command: activateSession.code,
    data,
  });
  const datagram = sealLegacy(keys, { sessionId: temporaryId, sequence: 0, message });
  const answer = await exchange(link.channel, {
    what: activateSession.name,
    policy: link.policy,
    make: () => datagram,
    match: readActivation,
  }).catch((error: unknown) => {
    // A BMC does not answer a packet whose authentication code is wrong.
    if (error instanceof Error && error.name === 'TimeoutError' && link.channel.networkErrors.count === 0) {
      throw new AuthenticationError('login refused: the BMC did not answer the activation, most likely a wrong password');
    }
    throw error;
  });
  const completionCode = answer[0] ?? 0xff;
  if (completionCode !== 0) throw new CompletionError(completionCode, activateSession);
  return unpack(activateSession.response, answer.subarray(1));
}

function readActivation(datagram: Buffer): Buffer | undefined {
  try {
    const message = unpackLanMessage(readLegacy(datagram).message);
    return message.command === activateSession.code && message.data.length > 0 ? message.data : undefined;
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}
