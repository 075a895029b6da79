import { getChannelAuthenticationCapabilities, thisChannel } from '../commands/app/channel-authentication.js';
import { setSessionPrivilege } from '../commands/app/session.js';
import type { Value } from '../wire/codec.js';
import { DowngradeError, UnsupportedError } from '../wire/errors.js';
import { openUdpChannel, type Channel } from './channel.js';
import { defaultSuites } from '../crypto/suites.js';
import { credentialBytes, type CredentialBytes, type Credentials } from './credentials.js';
import { shakeHands } from './handshake.js';
import { openLegacySession, type LegacyChoice } from './legacy-session.js';
import { defaultRetry, type RetryPolicy } from './retry.js';
import { Session, type SessionSettings } from './session.js';
import { SuiteRefusedError } from './session-errors.js';
import { sendSessionless } from './sessionless.js';
import { exhausted, listSuites, planDefault, planNamed, type SuiteMemory, type SuitePlan } from './suite-choice.js';

export interface SessionOptions extends Credentials, SessionSettings {
  readonly host: string;
  /** UDP port, 623 when left out. */
  readonly port?: number;
  /** Cipher suites to try, in this order. Left out: 17, then 3 unless the BMC is known to do better. */
  readonly suites?: readonly number[];
  /** Where the best suite of each BMC is remembered; left out: for the life of this process. */
  readonly suiteMemory?: SuiteMemory;
  /** Allows IPMI 1.5 for BMCs without 2.0; off by default, because it does not encrypt and its proof is weak. */
  readonly legacy?: LegacyChoice;
  /** Replaces the UDP socket, for tests and tunnels. */
  readonly channel?: Channel;
}

export type AuthenticationCapabilities = Value<(typeof getChannelAuthenticationCapabilities)['response']>;

const processMemory = new Map<string, number>();

interface Opening {
  readonly options: SessionOptions;
  readonly secrets: CredentialBytes;
  readonly link: { channel: Channel; policy: RetryPolicy };
}

/**
 * Opens a session: capabilities, cipher suite, handshake, privilege level. The socket is closed on every failure.
 * Rejects with TimeoutError, AuthenticationError, SessionRefusedError, SuiteRefusedError, DowngradeError,
 * UnsupportedError (no IPMI 2.0 and `legacy` not allowed) or CompletionError (privilege level refused).
 */
export async function openSession(options: SessionOptions): Promise<Session> {
  const secrets = credentialBytes(options);
  if (options.suites !== undefined) planNamed(options.suites);
  const channel = options.channel ?? (await openUdpChannel(options.host, options.port));
  const opening: Opening = { options, secrets, link: { channel, policy: options.retry ?? defaultRetry } };
  try {
    return await establish(opening);
  } catch (error) {
    channel.close();
    throw error;
  }
}

async function establish(opening: Opening): Promise<Session> {
  const { options, link } = opening;
  if (options.legacy !== undefined && options.legacy.only === true) return openLegacySession(opening, options.legacy);
  const privilege = options.privilege ?? 'administrator';
  const capabilities = await sendSessionless(link, getChannelAuthenticationCapabilities, {
    channel: thisChannel,
    wantsIpmi20: true,
    privilege,
  });
  if (!(capabilities.extended && capabilities.ipmi20)) {
    if (options.legacy !== undefined) return openLegacySession(opening, options.legacy);
    throw new UnsupportedError('the BMC says it has no IPMI 2.0 sessions; IPMI 1.5 must be allowed explicitly');
  }
  const session = await tryInTurn(opening, await makePlan(opening));
  try {
    if (privilege !== 'user') await session.send(setSessionPrivilege, { privilege });
    return session;
  } catch (error) {
    await session.close();
    throw error;
  }
}

function place(options: SessionOptions): string {
  return `${options.host}:${options.port ?? ''}`;
}

async function makePlan({ options, link }: Opening): Promise<SuitePlan> {
  if (options.suites !== undefined) return planNamed(options.suites);
  const remembered = (options.suiteMemory ?? processMemory).get(place(options));
  // The best suite there is need not be looked for again.
  if (remembered === defaultSuites[0]) return planDefault(undefined, remembered);
  return planDefault(await listSuites(link), remembered);
}

async function tryInTurn({ options, secrets, link }: Opening, plan: SuitePlan): Promise<Session> {
  let last: Error = new UnsupportedError('no cipher suite to try');
  for (const suite of plan.candidates) {
    try {
      const envelope = await shakeHands(link, { credentials: options, secrets, suite });
      if (options.suites === undefined) (options.suiteMemory ?? processMemory).set(place(options), suite.id);
      return new Session(link.channel, envelope, options);
    } catch (error) {
      if (!(error instanceof SuiteRefusedError || error instanceof DowngradeError)) throw error;
      last = error;
    }
  }
  throw exhausted(plan, last);
}
