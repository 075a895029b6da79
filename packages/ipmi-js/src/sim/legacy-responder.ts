import { randomBytes } from 'node:crypto';
import { activateSession } from '../commands/app/session.js';
import { privilegeNumber } from '../commands/privilege.js';
import { legacyAuthTypes, type LegacyAuth } from '../crypto/legacy-auth.js';
import { LegacyEnvelope } from '../rmcpplus/envelope.js';
import { sealLegacy, verifyLegacy, type LegacyPacket } from '../rmcpplus/legacy-packet.js';
import { pack, unpack } from '../wire/codec.js';
import { completion } from '../wire/completion-codes.js';
import { CompletionFault } from './handler-table.js';
import { SimSession, type Peer, type SessionTable } from './session-table.js';
import type { User, UserTable } from './state/users.js';

interface Challenge {
  readonly auth: LegacyAuth;
  readonly user: User;
  readonly bytes: Buffer;
  /** Set once activated, for repetitions. */
  answer?: Buffer;
}

const challengesKept = 64;
const authNames: ReadonlyMap<number, LegacyAuth> = new Map([
  [legacyAuthTypes.none, 'none'],
  [legacyAuthTypes.md5, 'md5'],
  [legacyAuthTypes.password, 'password'],
]);

/** The BMC's half of IPMI 1.5 session establishment (IPMI 2.0 22.16, 22.17). */
export class LegacyResponder {
  readonly #users: UserTable;
  readonly #sessions: SessionTable;
  readonly #allowed: readonly LegacyAuth[];
  readonly #challenges = new Map<number, Challenge>();

  constructor(users: UserTable, sessions: SessionTable, allowed: readonly LegacyAuth[]) {
    this.#users = users;
    this.#sessions = sessions;
    this.#allowed = allowed;
  }

  get allowed(): readonly LegacyAuth[] {
    return this.#allowed;
  }

  challenge(request: { authType: number; username: Buffer }): { temporarySessionId: Buffer; challenge: Buffer } {
    const auth = authNames.get(request.authType);
    if (auth === undefined || !this.#allowed.includes(auth)) throw new CompletionFault(completion.invalidField);
    const user = this.#users.byName(request.username.toString('utf8').replace(/\0+$/, ''));
    if (user === undefined) throw new CompletionFault(0x81);
    const oldest = this.#challenges.keys().next();
    if (this.#challenges.size >= challengesKept && oldest.done !== true) this.#challenges.delete(oldest.value);
    const id = this.#sessions.freshId();
    const bytes = randomBytes(16);
    this.#challenges.set(id, { auth, user, bytes });
    return pack16(id, bytes);
  }

  /** Handles an Activate Session under a temporary id; undefined when the packet is not one or is forged. */
  activate(packet: LegacyPacket, data: Buffer, peer: Peer): { answer: Buffer; seal: (message: Buffer) => Buffer } | undefined {
    const challenge = this.#challenges.get(packet.sessionId);
    if (challenge === undefined) return undefined;
    const keys = { auth: challenge.auth, password: challenge.user.password };
    if (!verifyLegacy(keys, packet)) return undefined;
    const seal = (message: Buffer): Buffer => sealLegacy(keys, { sessionId: packet.sessionId, sequence: 0, message });
    challenge.answer ??= this.#activate(challenge, { data, peer });
    return { answer: challenge.answer, seal };
  }

  #activate(challenge: Challenge, { data, peer }: { data: Buffer; peer: Peer }): Buffer {
    const request = unpack(activateSession.request, data);
    if (this.#sessions.isFull) return Buffer.from([0x81]);
    if (!request.challenge.equals(challenge.bytes)) return Buffer.from([completion.invalidField]);
    const { user, auth } = challenge;
    const limit = request.privilege & 0x0f;
    if (limit > privilegeNumber(user.privilege)) return Buffer.from([0x86]);
    const id = this.#sessions.freshId();
    const envelope = new LegacyEnvelope(id, { auth, password: user.password }, request.initialOutbound);
    this.#sessions.add(new SimSession({ id, handle: this.#sessions.freeHandle(), user, envelope, limit, peer, isRmcpPlus: false }));
    const answer = pack(activateSession.response, {
      authType: legacyAuthTypes[auth],
      sessionId: id,
      initialInbound: randomBytes(4).readUInt32LE() || 1,
      privilege: limit,
    });
    return Buffer.concat([Buffer.from([completion.ok]), answer]);
  }
}

function pack16(id: number, challenge: Buffer): { temporarySessionId: Buffer; challenge: Buffer } {
  const temporarySessionId = Buffer.allocUnsafe(4);
  temporarySessionId.writeUInt32LE(id);
  return { temporarySessionId, challenge };
}
