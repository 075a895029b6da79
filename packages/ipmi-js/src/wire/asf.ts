import { MalformedError } from './errors.js';
import { Reader } from './reader.js';
import { readRmcpClass, rmcpClass, rmcpHeader, rmcpHeaderLength } from './rmcp.js';
import { Writer } from './writer.js';

/** ASF presence ping and pong (ASF 2.0 3.2.4, IPMI 2.0 13.2.3 and 13.2.4). */
const asfIana = 4542;
const type = { ping: 0x80, pong: 0x40 } as const;

export interface Pong {
  readonly tag: number;
  /** IANA number of the maker in the pong; 4542 when there is no OEM part. */
  readonly enterprise: number;
  readonly oem: number;
  readonly supportsIpmi: boolean;
  readonly asfVersion: number;
  readonly supportsSecurityExtensions: boolean;
}

export function packPing(tag: number): Buffer {
  const writer = new Writer(12).bytes(rmcpHeader(rmcpClass.asf));
  return writer.u32be(asfIana).u8(type.ping).u8(tag).u8(0).u8(0).finish();
}

export function packPong(pong: Pong): Buffer {
  const writer = new Writer(28).bytes(rmcpHeader(rmcpClass.asf));
  writer.u32be(asfIana).u8(type.pong).u8(pong.tag).u8(0).u8(16);
  writer.u32be(pong.enterprise).u32be(pong.oem);
  writer.u8((pong.supportsIpmi ? 0x80 : 0) | (pong.asfVersion & 0x0f));
  return writer
    .u8(pong.supportsSecurityExtensions ? 0x80 : 0)
    .zeros(6)
    .finish();
}

function openAsf(datagram: Uint8Array, wanted: number): { tag: number; reader: Reader } {
  if (readRmcpClass(datagram) !== rmcpClass.asf) throw new MalformedError('not an ASF datagram');
  const reader = new Reader(datagram);
  reader.skip(rmcpHeaderLength);
  if (reader.u32be() !== asfIana) throw new MalformedError('ASF message of another enterprise');
  if (reader.u8() !== wanted) throw new MalformedError('ASF message of another type');
  const tag = reader.u8();
  reader.skip(1);
  if (reader.u8() > reader.remaining) throw new MalformedError('ASF message is cut');
  return { tag, reader };
}

/** The tag of a ping. */
export function unpackPing(datagram: Uint8Array): number {
  return openAsf(datagram, type.ping).tag;
}

export function unpackPong(datagram: Uint8Array): Pong {
  const { tag, reader } = openAsf(datagram, type.pong);
  const enterprise = reader.u32be();
  const oem = reader.u32be();
  const entities = reader.u8();
  const interactions = reader.u8();
  return {
    tag,
    enterprise,
    oem,
    supportsIpmi: (entities & 0x80) !== 0,
    asfVersion: entities & 0x0f,
    supportsSecurityExtensions: (interactions & 0x80) !== 0,
  };
}
