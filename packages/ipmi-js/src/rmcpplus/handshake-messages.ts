import { authenticationNumbers, confidentialityNumbers, integrityNumbers, type CipherSuite } from '../crypto/suites.js';
import { MalformedError } from '../wire/errors.js';
import { Reader } from '../wire/reader.js';
import { Writer } from '../wire/writer.js';

/** The three algorithm numbers of a proposal or an agreement. */
export interface Algorithms {
  readonly authentication: number;
  readonly integrity: number;
  readonly confidentiality: number;
}

export function algorithmsOf(suite: CipherSuite): Algorithms {
  return {
    authentication: authenticationNumbers[suite.authentication],
    integrity: integrityNumbers[suite.integrity],
    confidentiality: confidentialityNumbers[suite.confidentiality],
  };
}

function writeAlgorithms(writer: Writer, algorithms: Algorithms): void {
  const numbers = [algorithms.authentication, algorithms.integrity, algorithms.confidentiality];
  for (const [type, number] of numbers.entries()) writer.u8(type).u16(0).u8(8).u8(number).zeros(3);
}

function readAlgorithm(reader: Reader, type: number): number {
  if (reader.u8() !== type) throw new MalformedError('algorithm payloads are out of order');
  reader.skip(2);
  const length = reader.u8();
  const algorithm = reader.u8() & 0x3f;
  reader.skip(3);
  return length === 0 ? 0 : algorithm;
}

function readAlgorithms(reader: Reader): Algorithms {
  return { authentication: readAlgorithm(reader, 0), integrity: readAlgorithm(reader, 1), confidentiality: readAlgorithm(reader, 2) };
}

/** RMCP+ Open Session Request (IPMI 2.0 13.17). */
export interface OpenSessionRequest {
  readonly tag: number;
  /** 0 asks for the highest level the suite allows. */
  readonly privilege: number;
  readonly consoleSessionId: number;
  readonly algorithms: Algorithms;
}

export function packOpenSessionRequest(message: OpenSessionRequest): Buffer {
  const writer = new Writer(32).u8(message.tag).u8(message.privilege).u16(0).u32(message.consoleSessionId);
  writeAlgorithms(writer, message.algorithms);
  return writer.finish();
}

export function unpackOpenSessionRequest(payload: Uint8Array): OpenSessionRequest {
  const reader = new Reader(payload);
  const tag = reader.u8();
  const privilege = reader.u8() & 0x0f;
  reader.skip(2);
  return { tag, privilege, consoleSessionId: reader.u32(), algorithms: readAlgorithms(reader) };
}

/** RMCP+ Open Session Response (IPMI 2.0 13.18); only the first four fields are there when `status` is not 0. */
export interface OpenSessionResponse {
  readonly tag: number;
  readonly status: number;
  readonly privilege: number;
  readonly consoleSessionId: number;
  readonly bmcSessionId: number;
  readonly algorithms: Algorithms;
}

const noAlgorithms: Algorithms = { authentication: 0, integrity: 0, confidentiality: 0 };

export function packOpenSessionResponse(message: OpenSessionResponse): Buffer {
  const writer = new Writer(36).u8(message.tag).u8(message.status).u8(message.privilege).u8(0).u32(message.consoleSessionId);
  if (message.status !== 0) return writer.finish();
  writer.u32(message.bmcSessionId);
  writeAlgorithms(writer, message.algorithms);
  return writer.finish();
}

export function unpackOpenSessionResponse(payload: Uint8Array): OpenSessionResponse {
  const reader = new Reader(payload);
  const [tag, status] = [reader.u8(), reader.u8()];
  // An error may end right behind the status (ipmi_sim does so).
  if (status !== 0) return { tag, status, privilege: 0, consoleSessionId: 0, bmcSessionId: 0, algorithms: noAlgorithms };
  const privilege = reader.u8();
  reader.skip(1);
  const [consoleSessionId, bmcSessionId] = [reader.u32(), reader.u32()];
  return { tag, status, privilege, consoleSessionId, bmcSessionId, algorithms: readAlgorithms(reader) };
}

/** RAKP message 1 (IPMI 2.0 13.20). */
export interface Rakp1 {
  readonly tag: number;
  readonly bmcSessionId: number;
  readonly consoleRandom: Buffer;
  readonly role: number;
  readonly username: Buffer;
}

export function packRakp1(message: Rakp1): Buffer {
  const writer = new Writer(44).u8(message.tag).zeros(3).u32(message.bmcSessionId).bytes(message.consoleRandom);
  return writer.u8(message.role).u16(0).u8(message.username.length).bytes(message.username).finish();
}

export function unpackRakp1(payload: Uint8Array): Rakp1 {
  const reader = new Reader(payload);
  const tag = reader.u8();
  reader.skip(3);
  const bmcSessionId = reader.u32();
  const consoleRandom = reader.bytes(16);
  const role = reader.u8();
  reader.skip(2);
  const length = reader.u8();
  if (length > 16) throw new MalformedError('user name is longer than 16 bytes');
  return { tag, bmcSessionId, consoleRandom, role, username: reader.bytes(length) };
}

/** RAKP message 2 (IPMI 2.0 13.21). */
export interface Rakp2 {
  readonly tag: number;
  readonly status: number;
  readonly consoleSessionId: number;
  readonly bmcRandom: Buffer;
  readonly bmcGuid: Buffer;
  readonly code: Buffer;
}

export function packRakp2(message: Rakp2): Buffer {
  const writer = new Writer(72).u8(message.tag).u8(message.status).u16(0).u32(message.consoleSessionId);
  if (message.status !== 0) return writer.finish();
  return writer.bytes(message.bmcRandom).bytes(message.bmcGuid).bytes(message.code).finish();
}

export function unpackRakp2(payload: Uint8Array): Rakp2 {
  const none = Buffer.alloc(0);
  const { tag, status, sessionId: consoleSessionId, reader } = readHead(payload);
  if (status !== 0) return { tag, status, consoleSessionId, bmcRandom: none, bmcGuid: none, code: none };
  return { tag, status, consoleSessionId, bmcRandom: reader.bytes(16), bmcGuid: reader.bytes(16), code: reader.rest() };
}

/** RAKP messages 3 and 4 have the same shape (IPMI 2.0 13.22, 13.23). */
export interface RakpProof {
  readonly tag: number;
  readonly status: number;
  /** BMC session id in message 3, console session id in message 4. */
  readonly sessionId: number;
  readonly code: Buffer;
}

export function packRakpProof(message: RakpProof): Buffer {
  const writer = new Writer(40).u8(message.tag).u8(message.status).u16(0).u32(message.sessionId);
  return message.status === 0 ? writer.bytes(message.code).finish() : writer.finish();
}

export function unpackRakpProof(payload: Uint8Array): RakpProof {
  const { tag, status, sessionId, reader } = readHead(payload);
  return { tag, status, sessionId, code: reader.rest() };
}

function readHead(payload: Uint8Array): { tag: number; status: number; sessionId: number; reader: Reader } {
  const reader = new Reader(payload);
  const [tag, status] = [reader.u8(), reader.u8()];
  // Some BMCs send an error with nothing behind the status.
  if (status !== 0 && reader.remaining < 6) return { tag, status, sessionId: 0, reader };
  reader.skip(2);
  return { tag, status, sessionId: reader.u32(), reader };
}
