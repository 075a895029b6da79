import { legacyAuthTypes, legacyCode, type LegacyAuth } from '../crypto/legacy-auth.js';
import { equalCodes } from '../crypto/rakp.js';
import { MalformedError } from '../wire/errors.js';
import { rmcpClass, rmcpHeader, rmcpHeaderLength } from '../wire/rmcp.js';
import { Writer } from '../wire/writer.js';

/** An IPMI 1.5 session packet (IPMI 2.0 13.6, left column of figure 13-4). */
export interface LegacyPacket {
  readonly authType: number;
  readonly sequence: number;
  readonly sessionId: number;
  /** Empty when the authentication type is none. */
  readonly code: Buffer;
  readonly message: Buffer;
}

const ipmiHeader = rmcpHeader(rmcpClass.ipmi);
/** Old network chips lose packets of these lengths, so a byte is added (IPMI 2.0 table 13-8). */
const padded = new Set([56, 84, 112, 128, 156]);

export function packLegacy(packet: LegacyPacket): Buffer {
  const writer = new Writer(32 + packet.message.length).bytes(ipmiHeader);
  writer.u8(packet.authType).u32(packet.sequence).u32(packet.sessionId).bytes(packet.code);
  writer.u8(packet.message.length).bytes(packet.message);
  if (padded.has(writer.length)) writer.u8(0);
  return writer.finish();
}

export function readLegacy(datagram: Buffer): LegacyPacket {
  if (datagram.length < 14) throw new MalformedError('IPMI 1.5 packet is too short');
  const authType = datagram.readUInt8(rmcpHeaderLength);
  const codeLength = authType === legacyAuthTypes.none ? 0 : 16;
  const lengthAt = 13 + codeLength;
  const length = datagram[lengthAt];
  if (length === undefined || lengthAt + 1 + length > datagram.length) throw new MalformedError('IPMI 1.5 message is cut');
  return {
    authType,
    sequence: datagram.readUInt32LE(5),
    sessionId: datagram.readUInt32LE(9),
    code: datagram.subarray(13, lengthAt),
    message: datagram.subarray(lengthAt + 1, lengthAt + 1 + length),
  };
}

export interface LegacyKeys {
  readonly auth: LegacyAuth;
  readonly password: Uint8Array;
}

/** Signs a message of an IPMI 1.5 session. */
export function sealLegacy(keys: LegacyKeys, message: { sessionId: number; sequence: number; message: Buffer }): Buffer {
  return packLegacy({ ...message, authType: legacyAuthTypes[keys.auth], code: legacyCode(keys.auth, keys.password, message) });
}

/** True when the code of the packet is right for these keys. */
export function verifyLegacy(keys: LegacyKeys, packet: LegacyPacket): boolean {
  return packet.authType === legacyAuthTypes[keys.auth] && equalCodes(packet.code, legacyCode(keys.auth, keys.password, packet));
}
