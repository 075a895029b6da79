import { equalCodes } from '../crypto/rakp.js';
import type { PayloadCipher } from '../crypto/confidentiality.js';
import { integrityCode, integrityLengths, type IntegrityKeys } from '../crypto/integrity.js';
import type { CipherSuite } from '../crypto/suites.js';
import { MalformedError } from '../wire/errors.js';
import { rmcpClass, rmcpHeader, rmcpHeaderLength } from '../wire/rmcp.js';
import { Writer } from '../wire/writer.js';

/** Payload types of IPMI 2.0 table 13-16. */
export const payloadType = {
  ipmi: 0x00,
  sol: 0x01,
  oem: 0x02,
  openSessionRequest: 0x10,
  openSessionResponse: 0x11,
  rakp1: 0x12,
  rakp2: 0x13,
  rakp3: 0x14,
  rakp4: 0x15,
} as const;

export const rmcpPlusAuthType = 0x06;
const encryptedBit = 0x80;
const authenticatedBit = 0x40;
const nextHeader = 0x07;
const ipmiHeader = rmcpHeader(rmcpClass.ipmi);

/** Everything that protects the packets of one session, after RAKP. */
export interface SessionKeys extends IntegrityKeys {
  readonly suite: CipherSuite;
  /** With the first 16 bytes of K2. */
  readonly cipher: PayloadCipher;
}

/** A packet as found on the wire, before its protection was checked. */
export interface RawPacket {
  readonly payloadType: number;
  readonly encrypted: boolean;
  readonly authenticated: boolean;
  readonly sessionId: number;
  readonly sequence: number;
  readonly payload: Buffer;
  /** From the authentication type on, and everything behind the payload. */
  readonly signedFrom: number;
  readonly payloadEnd: number;
}

/** Takes an RMCP+ datagram apart (IPMI 2.0 13.6). Nothing is verified but lengths. */
export function readPacket(datagram: Buffer): RawPacket {
  if (datagram.length < 16) throw new MalformedError('RMCP+ packet is too short');
  if (datagram[rmcpHeaderLength] !== rmcpPlusAuthType) throw new MalformedError('not an RMCP+ packet');
  const typeByte = datagram.readUInt8(5);
  let at = 6;
  if ((typeByte & 0x3f) === payloadType.oem) at += 6;
  if (datagram.length < at + 10) throw new MalformedError('RMCP+ packet is too short');
  const length = datagram.readUInt16LE(at + 8);
  const payloadEnd = at + 10 + length;
  if (payloadEnd > datagram.length) throw new MalformedError('RMCP+ payload is cut');
  return {
    payloadType: typeByte & 0x3f,
    encrypted: (typeByte & encryptedBit) !== 0,
    authenticated: (typeByte & authenticatedBit) !== 0,
    sessionId: datagram.readUInt32LE(at),
    sequence: datagram.readUInt32LE(at + 4),
    payload: datagram.subarray(at + 10, payloadEnd),
    signedFrom: rmcpHeaderLength,
    payloadEnd,
  };
}

/** A packet outside any session: session id 0, sequence 0, no protection. */
export function packPlain(type: number, payload: Uint8Array): Buffer {
  const writer = new Writer(16 + payload.length).bytes(ipmiHeader);
  return writer.u8(rmcpPlusAuthType).u8(type).u32(0).u32(0).u16(payload.length).bytes(payload).finish();
}

export interface Outgoing {
  readonly payloadType: number;
  readonly sessionId: number;
  readonly sequence: number;
  readonly payload: Uint8Array;
}

/** Encrypts and signs as the session's suite wants it (IPMI 2.0 13.28 and 13.29). */
export function sealPacket(keys: SessionKeys, outgoing: Outgoing): Buffer {
  const { suite } = keys;
  const encrypted = suite.confidentiality !== 'none';
  const authenticated = suite.integrity !== 'none';
  const payload = encrypted ? keys.cipher.encrypt(outgoing.payload) : outgoing.payload;
  const codeLength = integrityLengths[suite.integrity];
  const signedLength = 12 + payload.length;
  const padLength = authenticated ? (4 - ((signedLength + 2) % 4)) % 4 : 0;
  const signedEnd = rmcpHeaderLength + signedLength + (authenticated ? padLength + 2 : 0);
  const out = Buffer.allocUnsafe(signedEnd + codeLength);
  out.set(ipmiHeader);
  out[4] = rmcpPlusAuthType;
  out[5] = outgoing.payloadType | (encrypted ? encryptedBit : 0) | (authenticated ? authenticatedBit : 0);
  out.writeUInt32LE(outgoing.sessionId, 6);
  out.writeUInt32LE(outgoing.sequence, 10);
  out.writeUInt16LE(payload.length, 14);
  out.set(payload, 16);
  if (authenticated) {
    out.fill(0xff, 16 + payload.length, 16 + payload.length + padLength);
    out[signedEnd - 2] = padLength;
    out[signedEnd - 1] = nextHeader;
    out.set(integrityCode(suite.integrity, keys, out.subarray(rmcpHeaderLength, signedEnd)), signedEnd);
  }
  return out;
}

function verifyTrailer(keys: SessionKeys, datagram: Buffer, packet: RawPacket): void {
  const codeLength = integrityLengths[keys.suite.integrity];
  const signedEnd = datagram.length - codeLength;
  const padLength = datagram[signedEnd - 2] ?? 0;
  if (packet.payloadEnd + padLength + 2 !== signedEnd) throw new MalformedError('session trailer has a wrong length');
  const expected = integrityCode(keys.suite.integrity, keys, datagram.subarray(packet.signedFrom, signedEnd));
  if (!equalCodes(expected, datagram.subarray(signedEnd))) throw new MalformedError('session trailer has a wrong authentication code');
}

/**
 * Checks and opens a packet of a session; answers its payload. A packet with less protection than the suite
 * of the session gives is refused, whatever its own flags say.
 */
export function openPacket(keys: SessionKeys, datagram: Buffer, packet: RawPacket): Buffer {
  const { suite } = keys;
  if (suite.integrity !== 'none') {
    if (!packet.authenticated) throw new MalformedError('packet of the session is not authenticated');
    verifyTrailer(keys, datagram, packet);
  }
  if (suite.confidentiality === 'none') {
    if (packet.encrypted) throw new MalformedError('packet is encrypted in a session without encryption');
    return packet.payload;
  }
  if (!packet.encrypted) throw new MalformedError('packet of the session is not encrypted');
  return keys.cipher.decrypt(packet.payload);
}
