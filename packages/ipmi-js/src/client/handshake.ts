import { randomBytes } from 'node:crypto';
import { equalCodes, rakp2Code, rakp3Code, rakp4Code, sessionIntegrityKey, type RakpValues } from '../crypto/rakp.js';
import { makeSessionKeys } from '../crypto/session-keys.js';
import type { CipherSuite } from '../crypto/suites.js';
import { privilegeNumber } from '../commands/privilege.js';
import { RmcpPlusEnvelope } from '../rmcpplus/envelope.js';
import {
  algorithmsOf,
  packOpenSessionRequest,
  packRakp1,
  packRakpProof,
  unpackOpenSessionResponse,
  unpackRakp2,
  unpackRakpProof,
  type OpenSessionResponse,
  type Rakp2,
} from '../rmcpplus/handshake-messages.js';
import { packPlain, payloadType, readPacket } from '../rmcpplus/packet.js';
import { AuthenticationError, DowngradeError, MalformedError } from '../wire/errors.js';
import type { Channel } from './channel.js';
import type { CredentialBytes, Credentials } from './credentials.js';
import { exchange, type RetryPolicy } from './retry.js';
import { handshakeError } from './session-errors.js';

export interface HandshakeLink {
  readonly channel: Channel;
  readonly policy: RetryPolicy;
}

export interface Login {
  readonly credentials: Credentials;
  readonly secrets: CredentialBytes;
  readonly suite: CipherSuite;
}

interface Step<T> {
  readonly what: string;
  readonly send: number;
  readonly expect: number;
  make(tag: number): Buffer;
  read(payload: Buffer): T;
}

let nextTag = 0;

/** One message of the handshake and its answer; every retransmission has the same bytes, so the BMC can see it is one. */
function step<T extends { tag: number }>(link: HandshakeLink, message: Step<T>): Promise<T> {
  nextTag = (nextTag + 1) & 0xff;
  const tag = nextTag;
  const datagram = packPlain(message.send, message.make(tag));
  return exchange(link.channel, {
    what: message.what,
    policy: link.policy,
    make: () => datagram,
    match: (answer) => matchStep(answer, { message, tag }),
  });
}

function matchStep<T extends { tag: number }>(datagram: Buffer, wanted: { message: Step<T>; tag: number }): T | undefined {
  try {
    const packet = readPacket(datagram);
    if (packet.payloadType !== wanted.message.expect || packet.sessionId !== 0) return undefined;
    const answer = wanted.message.read(packet.payload);
    return answer.tag === wanted.tag ? answer : undefined;
  } catch (error) {
    if (error instanceof MalformedError) return undefined;
    throw error;
  }
}

async function openSession(link: HandshakeLink, login: Login, consoleSessionId: number): Promise<OpenSessionResponse> {
  const algorithms = algorithmsOf(login.suite);
  const answer = await step(link, {
    what: 'RMCP+ Open Session Request',
    send: payloadType.openSessionRequest,
    expect: payloadType.openSessionResponse,
    // Level 0 asks for the highest; the level of the session is settled by RAKP message 1.
    make: (tag) => packOpenSessionRequest({ tag, privilege: 0, consoleSessionId, algorithms }),
    read: unpackOpenSessionResponse,
  });
  if (answer.status !== 0) throw handshakeError(answer.status, login.suite.id);
  const agreed = answer.algorithms;
  const same =
    agreed.authentication === algorithms.authentication &&
    agreed.integrity === algorithms.integrity &&
    agreed.confidentiality === algorithms.confidentiality;
  if (!same) throw new DowngradeError(`the BMC answered with other algorithms than those of cipher suite ${login.suite.id}`);
  if (answer.consoleSessionId !== consoleSessionId) throw new MalformedError('Open Session Response for another session id');
  return answer;
}

interface Opening {
  readonly consoleSessionId: number;
  readonly bmcSessionId: number;
  readonly role: number;
  readonly consoleRandom: Buffer;
}

async function proveBmc(link: HandshakeLink, login: Login, opening: Opening): Promise<RakpValues> {
  const { username, password } = login.secrets;
  const answer: Rakp2 = await step(link, {
    what: 'RAKP message 1',
    send: payloadType.rakp1,
    expect: payloadType.rakp2,
    make: (tag) =>
      packRakp1({ tag, bmcSessionId: opening.bmcSessionId, consoleRandom: opening.consoleRandom, role: opening.role, username }),
    read: unpackRakp2,
  });
  if (answer.status !== 0) throw handshakeError(answer.status, login.suite.id);
  const values: RakpValues = { ...opening, bmcRandom: answer.bmcRandom, bmcGuid: answer.bmcGuid, username };
  const expected = rakp2Code(login.suite.authentication, password, values);
  if (!equalCodes(expected, answer.code)) {
    throw new AuthenticationError('login refused: the BMC does not know this user name with this password');
  }
  return values;
}

async function proveConsole(link: HandshakeLink, login: Login, values: RakpValues): Promise<Buffer> {
  const { password, kg } = login.secrets;
  const { authentication } = login.suite;
  const sik = sessionIntegrityKey(authentication, kg ?? password, values);
  const answer = await step(link, {
    what: 'RAKP message 3',
    send: payloadType.rakp3,
    expect: payloadType.rakp4,
    make: (tag) => packRakpProof({ tag, status: 0, sessionId: values.bmcSessionId, code: rakp3Code(authentication, password, values) }),
    read: unpackRakpProof,
  });
  if (answer.status !== 0) throw handshakeError(answer.status, login.suite.id);
  if (!equalCodes(rakp4Code(authentication, sik, values), answer.code)) {
    throw new AuthenticationError('login refused: the BMC has another KG key');
  }
  return sik;
}

function sessionId(): number {
  const id = randomBytes(4).readUInt32LE();
  return id === 0 ? 1 : id;
}

/**
 * RMCP+ session establishment with one cipher suite (IPMI 2.0 13.15): Open Session, RAKP 1 to 4.
 * Rejects with AuthenticationError, SuiteRefusedError, SessionRefusedError, DowngradeError or TimeoutError.
 */
export async function shakeHands(link: HandshakeLink, login: Login): Promise<RmcpPlusEnvelope> {
  const consoleSessionId = sessionId();
  const { bmcSessionId } = await openSession(link, login, consoleSessionId);
  const nameOnly = login.credentials.roleLookup === 'name-and-privilege' ? 0 : 0x10;
  const role = privilegeNumber(login.credentials.privilege ?? 'administrator') | nameOnly;
  const values = await proveBmc(link, login, { consoleSessionId, bmcSessionId, role, consoleRandom: randomBytes(16) });
  const sik = await proveConsole(link, login, values);
  return new RmcpPlusEnvelope(
    { localId: consoleSessionId, remoteId: bmcSessionId },
    makeSessionKeys(login.suite, sik, login.secrets.password),
  );
}
