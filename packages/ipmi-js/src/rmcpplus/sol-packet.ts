import { Reader } from '../wire/reader.js';
import { Writer } from '../wire/writer.js';

/** Bits of the operation byte, console to BMC (IPMI 2.0 table 15-2). */
export const solOperation = {
  nack: 0x40,
  ring: 0x20,
  break: 0x10,
  pause: 0x08,
  dropCarrier: 0x04,
  flushInbound: 0x02,
  flushOutbound: 0x01,
} as const;

/** Bits of the status byte, BMC to console (IPMI 2.0 table 15-2). */
export const solStatus = { nack: 0x40, unavailable: 0x20, deactivated: 0x10, overrun: 0x08, break: 0x04 } as const;

/** A SOL payload: packet 0 carries only an acknowledge; `acknowledged` 0 acknowledges nothing. */
export interface SolPacket {
  readonly sequence: number;
  readonly acknowledged: number;
  /** Characters of the acknowledged packet that were taken. */
  readonly accepted: number;
  /** Operation or status bits. */
  readonly flags: number;
  readonly data: Buffer;
}

export const solHeaderLength = 4;

export function packSol(packet: SolPacket): Buffer {
  const writer = new Writer(solHeaderLength + packet.data.length).u8(packet.sequence & 0x0f).u8(packet.acknowledged & 0x0f);
  return writer.u8(packet.accepted).u8(packet.flags).bytes(packet.data).finish();
}

export function unpackSol(payload: Uint8Array): SolPacket {
  const reader = new Reader(payload);
  const [sequence, acknowledged] = [reader.u8() & 0x0f, reader.u8() & 0x0f];
  return { sequence, acknowledged, accepted: reader.u8(), flags: reader.u8(), data: reader.rest() };
}
