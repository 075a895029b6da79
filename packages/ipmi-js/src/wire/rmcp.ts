import { MalformedError } from './errors.js';

/** RMCP header: version 6, reserved, sequence FFh (no acknowledge), class (IPMI 2.0 13.1.3). */
export const rmcpClass = { asf: 0x06, ipmi: 0x07 } as const;

const version = 0x06;
export const rmcpHeaderLength = 4;

export function rmcpHeader(messageClass: number): Buffer {
  return Buffer.from([version, 0x00, 0xff, messageClass]);
}

/** The class of a datagram; RMCP acknowledges (bit 7 of the class) and other versions are refused. */
export function readRmcpClass(datagram: Uint8Array): number {
  const messageClass = datagram[3];
  if (messageClass === undefined || datagram[0] !== version) throw new MalformedError('not an RMCP datagram');
  return messageClass;
}
