import { MalformedError } from '../wire/errors.js';
import { readLegacy, sealLegacy, verifyLegacy, type LegacyKeys } from './legacy-packet.js';
import { openPacket, payloadType, readPacket, rmcpPlusAuthType, sealPacket, type SessionKeys } from './packet.js';
import { nextSequence, SequenceWindow } from './sequence-window.js';

/** A payload that came in, verified and new. */
export interface Opened {
  readonly payloadType: number;
  readonly payload: Buffer;
  /** The number of its packet in the session: tells which of two was sent first, whichever came first. */
  readonly sequence: number;
}

/** What makes payloads into datagrams of one session and back; used by client and simulator. */
export interface Envelope {
  /** The session id the other side knows us by. */
  readonly localId: number;
  readonly remoteId: number;
  readonly isAuthenticated: boolean;
  readonly isEncrypted: boolean;
  /** Cipher suite of an RMCP+ session. */
  readonly suite: number | undefined;
  seal(type: number, payload: Uint8Array): Buffer;
  /**
   * Throws MalformedError for what is not of this session or not rightly protected;
   * undefined for a duplicate or a packet too old.
   */
  open(datagram: Buffer): Opened | undefined;
}

export interface SessionIds {
  readonly localId: number;
  readonly remoteId: number;
}

/** RMCP+ session packets (IPMI 2.0 13.6, 13.28). */
export class RmcpPlusEnvelope implements Envelope {
  readonly localId: number;
  readonly remoteId: number;
  readonly #keys: SessionKeys;
  readonly #protected = new SequenceWindow();
  readonly #plain = new SequenceWindow();
  #sequence = 0;

  get isAuthenticated(): boolean {
    return this.#keys.suite.integrity !== 'none';
  }

  get isEncrypted(): boolean {
    return this.#keys.suite.confidentiality !== 'none';
  }

  get suite(): number {
    return this.#keys.suite.id;
  }

  constructor(ids: SessionIds, keys: SessionKeys) {
    this.localId = ids.localId;
    this.remoteId = ids.remoteId;
    this.#keys = keys;
  }

  seal(type: number, payload: Uint8Array): Buffer {
    this.#sequence = nextSequence(this.#sequence);
    return sealPacket(this.#keys, { payloadType: type, sessionId: this.remoteId, sequence: this.#sequence, payload });
  }

  open(datagram: Buffer): Opened | undefined {
    const packet = readPacket(datagram);
    if (packet.sessionId !== this.localId) throw new MalformedError('packet of another session');
    const payload = openPacket(this.#keys, datagram, packet);
    const window = packet.authenticated ? this.#protected : this.#plain;
    if (!window.accept(packet.sequence)) return undefined;
    return { payloadType: packet.payloadType, payload, sequence: packet.sequence };
  }
}

/** IPMI 1.5 session packets (IPMI 2.0 13.6, 6.12). */
export class LegacyEnvelope implements Envelope {
  readonly localId: number;
  readonly remoteId: number;
  readonly isEncrypted = false;
  readonly suite = undefined;
  readonly #keys: LegacyKeys;
  readonly #window = new SequenceWindow();
  #sequence: number;

  /** `firstSequence` is what the other side told us to begin with; 0 keeps 0, as before activation. */
  constructor(sessionId: number, keys: LegacyKeys, firstSequence: number) {
    this.localId = sessionId;
    this.remoteId = sessionId;
    this.#keys = keys;
    this.#sequence = firstSequence;
  }

  get isAuthenticated(): boolean {
    return this.#keys.auth !== 'none';
  }

  seal(_type: number, payload: Uint8Array): Buffer {
    const sequence = this.#sequence;
    if (sequence !== 0) this.#sequence = nextSequence(sequence);
    return sealLegacy(this.#keys, { sessionId: this.remoteId, sequence, message: Buffer.from(payload) });
  }

  open(datagram: Buffer): Opened | undefined {
    if (datagram[4] === rmcpPlusAuthType) throw new MalformedError('RMCP+ packet in an IPMI 1.5 session');
    const packet = readLegacy(datagram);
    if (packet.sessionId !== this.localId) throw new MalformedError('packet of another session');
    if (!verifyLegacy(this.#keys, packet)) throw new MalformedError('packet has a wrong authentication code');
    if (packet.sequence !== 0 && !this.#window.accept(packet.sequence)) return undefined;
    if (packet.sequence === 0 && this.#keys.auth !== 'none') throw new MalformedError('packet of the session has sequence 0');
    return { payloadType: payloadType.ipmi, payload: packet.message, sequence: packet.sequence };
  }
}
