import { getChannelCipherSuites, parseCipherSuiteRecords, thisChannel } from '../commands/app/channel-authentication.js';
import { defaultSuites, findSuite, type CipherSuite } from '../crypto/suites.js';
import { CompletionError } from '../wire/command.js';
import { DowngradeError, IpmiError, MalformedError, TimeoutError } from '../wire/errors.js';
import type { HandshakeLink } from './handshake.js';
import { sendSessionless } from './sessionless.js';

/** Remembers the best suite a BMC has proven, so that it cannot be talked down later. Keep one for the life of a program. */
export interface SuiteMemory {
  get(host: string): number | undefined;
  set(host: string, suite: number): void;
}

const lastIndex = 0x3f;
/** Some BMCs never answer this question, so less patience is spent on it. */
const listTries = 3;

/**
 * The suites the BMC lists, or undefined when it does not answer that question. The list is not protected:
 * it may raise what we insist on, never lower it.
 */
export async function listSuites(link: HandshakeLink): Promise<readonly number[] | undefined> {
  const records: Buffer[] = [];
  const patient = { channel: link.channel, policy: { ...link.policy, tries: Math.min(listTries, link.policy.tries) } };
  try {
    for (let index = 0; index <= lastIndex; index += 1) {
      const answer = await sendSessionless(patient, getChannelCipherSuites, { channel: thisChannel, payloadType: 0, index, bySuite: true });
      records.push(answer.records);
      if (answer.records.length < 16) break;
    }
  } catch (error) {
    if (!(error instanceof CompletionError || error instanceof MalformedError || error instanceof TimeoutError)) throw error;
    if (records.length === 0) return undefined;
  }
  return parseCipherSuiteRecords(Buffer.concat(records))
    .filter((record) => record.oem === undefined)
    .map((record) => record.id);
}

export interface SuitePlan {
  /** To be tried in this order. */
  readonly candidates: readonly CipherSuite[];
  /** Why there are no more than these, when weaker ones were struck out. */
  readonly floor: number | undefined;
}

/** Named suites are tried as named; an unknown number throws IpmiError BAD_SUITE. */
export function planNamed(ids: readonly number[]): SuitePlan {
  const candidates = ids.map((id) => {
    const suite = findSuite(id);
    if (suite === undefined) throw new IpmiError('BAD_SUITE', `cipher suite ${id} is not implemented`);
    return suite;
  });
  return { candidates, floor: undefined };
}

/** The default suites, without those weaker than the best the BMC lists or has used before. */
export function planDefault(listed: readonly number[] | undefined, remembered: number | undefined): SuitePlan {
  const best = defaultSuites.findIndex((id) => id === remembered || listed?.includes(id) === true);
  const allowed = best === -1 ? defaultSuites : defaultSuites.slice(0, best + 1);
  return { candidates: planNamed(allowed).candidates, floor: best === -1 ? undefined : defaultSuites[best] };
}

/** The error for a BMC that refused everything in the plan. */
export function exhausted(plan: SuitePlan, last: Error): Error {
  if (plan.floor === undefined || plan.floor === defaultSuites.at(-1)) return last;
  return new DowngradeError(
    `the BMC lists or used cipher suite ${plan.floor} but refuses it now; weaker suites are used only when named (${last.message})`,
  );
}
