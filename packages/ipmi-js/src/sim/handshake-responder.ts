import { randomBytes } from 'node:crypto';
import { privilegeNumber } from '../commands/privilege.js';
import { equalCodes, rakp2Code, rakp3Code, rakp4Code, sessionIntegrityKey, type RakpValues } from '../crypto/rakp.js';
import { makeSessionKeys } from '../crypto/session-keys.js';
import { findSuiteByNumbers, type CipherSuite } from '../crypto/suites.js';
import { RmcpPlusEnvelope } from '../rmcpplus/envelope.js';
import {
  packOpenSessionResponse,
  packRakp2,
  packRakpProof,
  unpackOpenSessionRequest,
  unpackRakp1,
  unpackRakpProof,
  type OpenSessionRequest,
  type Rakp1,
} from '../rmcpplus/handshake-messages.js';
import { payloadType } from '../rmcpplus/packet.js';
import { rakpStatus } from '../rmcpplus/status.js';
import type { Faults } from './faults.js';
import { SimSession, type Peer, type SessionTable } from './session-table.js';
import type { User, UserTable } from './state/users.js';

/** A handshake under way, or finished a short while ago so that late repetitions get the same answers. */
interface Handshake {
  readonly id: number;
  readonly consoleSessionId: number;
  readonly suite: CipherSuite;
  readonly peerName: string;
  values?: RakpValues;
  user?: User;
  /** Level asked for, at most what the user may have. */
  limit?: number;
  rakp1?: Buffer;
  rakp2?: Buffer;
  rakp3?: Buffer;
  rakp4?: Buffer;
}

export interface ResponderSettings {
  readonly users: UserTable;
  readonly sessions: SessionTable;
  readonly faults: Faults;
  readonly guid: Buffer;
  readonly kg: Buffer | undefined;
  readonly suites: readonly number[];
}

export interface Reply {
  readonly type: number;
  readonly payload: Buffer;
}

/** Handshakes kept at once: the oldest goes first, so that nobody can fill the memory. */
const handshakesKept = 64;

/** The BMC's half of RMCP+ session establishment (IPMI 2.0 13.17 to 13.24). */
export class HandshakeResponder {
  readonly #settings: ResponderSettings;
  readonly #handshakes = new Map<number, Handshake>();

  constructor(settings: ResponderSettings) {
    this.#settings = settings;
  }

  /** Answers a handshake payload, or nothing for one that makes no sense. */
  reply(type: number, payload: Buffer, peer: Peer): Reply | undefined {
    if (type === payloadType.openSessionRequest) return { type: payloadType.openSessionResponse, payload: this.#open(payload, peer) };
    if (type === payloadType.rakp1) return { type: payloadType.rakp2, payload: this.#rakp1(payload) };
    if (type !== payloadType.rakp3) return undefined;
    const answer = this.#rakp3(payload, peer);
    return answer === undefined ? undefined : { type: payloadType.rakp4, payload: answer };
  }

  clear(): void {
    this.#handshakes.clear();
  }

  #open(payload: Buffer, peer: Peer): Buffer {
    const request = unpackOpenSessionRequest(payload);
    const refuse = (status: number): Buffer => packOpenSessionResponse({ ...request, status, bmcSessionId: 0 });
    const suite = findSuiteByNumbers(request.algorithms);
    if (suite === undefined || !this.#settings.suites.includes(suite.id)) return refuse(rakpStatus.noSuiteMatch);
    const known = [...this.#handshakes.values()].find(
      (one) =>
        one.peerName === peer.name &&
        one.consoleSessionId === request.consoleSessionId &&
        one.suite.id === suite.id &&
        one.rakp1 === undefined,
    );
    if (known === undefined && (this.#settings.sessions.isFull || this.#settings.faults.settings.sessionTableFull))
      return refuse(rakpStatus.noResources);
    const handshake = known ?? this.#begin(request, { suite, peerName: peer.name });
    return packOpenSessionResponse({
      ...request,
      status: 0,
      privilege: request.privilege === 0 ? 4 : request.privilege,
      bmcSessionId: handshake.id,
    });
  }

  #begin(request: OpenSessionRequest, more: { suite: CipherSuite; peerName: string }): Handshake {
    const oldest = this.#handshakes.keys().next();
    if (this.#handshakes.size >= handshakesKept && oldest.done !== true) this.#handshakes.delete(oldest.value);
    const handshake: Handshake = { id: this.#settings.sessions.freshId(), consoleSessionId: request.consoleSessionId, ...more };
    this.#handshakes.set(handshake.id, handshake);
    return handshake;
  }

  #rakp1(payload: Buffer): Buffer {
    const request = unpackRakp1(payload);
    const handshake = this.#handshakes.get(request.bmcSessionId);
    const consoleSessionId = handshake?.consoleSessionId ?? 0;
    const none = Buffer.alloc(0);
    const refuse = (status: number): Buffer =>
      packRakp2({ tag: request.tag, status, consoleSessionId, bmcRandom: none, bmcGuid: none, code: none });
    if (handshake === undefined) return refuse(rakpStatus.inactiveSession);
    if (handshake.rakp2 !== undefined && handshake.rakp1?.equals(payload) === true) return handshake.rakp2;
    const user = this.#findUser(request);
    if (user === undefined) return refuse(rakpStatus.unauthorizedName);
    const wanted = request.role & 0x0f;
    if (wanted > privilegeNumber(user.privilege)) return refuse(rakpStatus.unauthorizedRole);
    const { guid } = this.#settings;
    const values: RakpValues = { ...request, consoleSessionId, bmcRandom: randomBytes(16), bmcGuid: guid };
    const code = rakp2Code(handshake.suite.authentication, user.password, values);
    const answer = packRakp2({ tag: request.tag, status: 0, consoleSessionId, bmcRandom: values.bmcRandom, bmcGuid: guid, code });
    Object.assign(handshake, {
      values,
      user,
      limit: wanted === 0 ? privilegeNumber(user.privilege) : wanted,
      rakp1: Buffer.from(payload),
      rakp2: answer,
    });
    return answer;
  }

  #findUser(request: Rakp1): User | undefined {
    const user = this.#settings.users.byName(request.username.toString('utf8').replace(/\0+$/, ''));
    if (user === undefined) return undefined;
    const byNameOnly = (request.role & 0x10) !== 0;
    return byNameOnly || (request.role & 0x0f) <= privilegeNumber(user.privilege) ? user : undefined;
  }

  #rakp3(payload: Buffer, peer: Peer): Buffer | undefined {
    const request = unpackRakpProof(payload);
    const handshake = this.#handshakes.get(request.sessionId);
    if (handshake?.values === undefined || handshake.user === undefined) return undefined;
    if (handshake.rakp4 !== undefined && handshake.rakp3?.equals(payload) === true) return handshake.rakp4;
    // The console reports that it did not like message 2 (or tries another proof): the handshake is over.
    if (request.status !== 0 || handshake.rakp4 !== undefined) {
      this.#handshakes.delete(handshake.id);
      return undefined;
    }
    const { values, user, suite } = handshake;
    const proof = { tag: request.tag, sessionId: handshake.consoleSessionId };
    const refuse = (status: number): Buffer => {
      this.#handshakes.delete(handshake.id);
      return packRakpProof({ ...proof, status, code: Buffer.alloc(0) });
    };
    if (!equalCodes(rakp3Code(suite.authentication, user.password, values), request.code)) return refuse(rakpStatus.badCheckValue);
    if (this.#settings.sessions.isFull) return refuse(rakpStatus.noResources);
    const sik = sessionIntegrityKey(suite.authentication, this.#settings.kg ?? user.password, values);
    this.#establish(handshake, { sik, user, peer });
    const answer = packRakpProof({ ...proof, status: 0, code: rakp4Code(suite.authentication, sik, values) });
    Object.assign(handshake, { rakp3: Buffer.from(payload), rakp4: answer });
    return answer;
  }

  #establish(handshake: Handshake, more: { sik: Buffer; user: User; peer: Peer }): void {
    const { sessions } = this.#settings;
    const ids = { localId: handshake.id, remoteId: handshake.consoleSessionId };
    const envelope = new RmcpPlusEnvelope(ids, makeSessionKeys(handshake.suite, more.sik, more.user.password));
    const { user, peer } = more;
    const limit = handshake.limit ?? 2;
    sessions.add(new SimSession({ id: handshake.id, handle: sessions.freeHandle(), user, envelope, limit, peer, isRmcpPlus: true }));
  }
}
