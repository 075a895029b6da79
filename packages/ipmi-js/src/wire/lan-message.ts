import { MalformedError } from './errors.js';

/** An IPMI message as LAN sessions carry it (IPMI 2.0 13.8). */
export interface LanMessage {
  readonly target: number;
  readonly netFn: number;
  readonly targetLun: number;
  readonly source: number;
  readonly sequence: number;
  readonly sourceLun: number;
  readonly command: number;
  /** For an answer: completion code first. */
  readonly data: Uint8Array;
}

export const bmcAddress = 0x20;
export const consoleAddress = 0x81;
const overhead = 7;

function checksum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += bytes[i] ?? 0;
  return -sum & 0xff;
}

export function packLanMessage(message: LanMessage): Buffer {
  const { data } = message;
  const out = Buffer.allocUnsafe(overhead + data.length);
  out[0] = message.target;
  out[1] = ((message.netFn << 2) | message.targetLun) & 0xff;
  out[2] = checksum(out, 0, 2);
  out[3] = message.source;
  out[4] = ((message.sequence << 2) | message.sourceLun) & 0xff;
  out[5] = message.command;
  out.set(data, 6);
  out[6 + data.length] = checksum(out, 3, 6 + data.length);
  return out;
}

/** Checks both checksums; `data` is a view of `bytes`. */
export function unpackLanMessage(bytes: Buffer): LanMessage & { readonly data: Buffer } {
  if (bytes.length < overhead) throw new MalformedError('IPMI message is too short');
  if (checksum(bytes, 0, 3) !== 0) throw new MalformedError('IPMI message header has a wrong checksum');
  if (checksum(bytes, 3, bytes.length) !== 0) throw new MalformedError('IPMI message has a wrong checksum');
  const lun = bytes.readUInt8(1);
  const sequence = bytes.readUInt8(4);
  return {
    target: bytes.readUInt8(0),
    netFn: lun >> 2,
    targetLun: lun & 3,
    source: bytes.readUInt8(3),
    sequence: sequence >> 2,
    sourceLun: sequence & 3,
    command: bytes.readUInt8(5),
    data: bytes.subarray(6, bytes.length - 1),
  };
}
