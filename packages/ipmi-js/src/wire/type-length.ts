import { MalformedError } from './errors.js';
import type { Reader } from './reader.js';
import type { Writer } from './writer.js';

/** How a string or field is stored: the two upper bits of its type/length byte (IPMI 2.0 43.15, FRU 1.0 13). */
export type TextEncoding = 'binary' | 'bcd' | '6-bit' | 'latin1';

const encodings: readonly TextEncoding[] = ['binary', 'bcd', '6-bit', 'latin1'];
const bcdCharacters = '0123456789 -.:,_';

function decodeSixBit(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let heldBits = 0;
  for (const byte of bytes) {
    held |= byte << heldBits;
    heldBits += 8;
    while (heldBits >= 6) {
      text += String.fromCharCode((held & 0x3f) + 0x20);
      held >>= 6;
      heldBits -= 6;
    }
  }
  return text;
}

/** Bytes of a stored field as text; binary comes as hexadecimal digits. */
export function decodeText(encoding: TextEncoding, bytes: Buffer): string {
  if (encoding === 'binary') return bytes.toString('hex');
  if (encoding === 'bcd') return [...bytes].map((byte) => `${bcdCharacters[byte >> 4] ?? ''}${bcdCharacters[byte & 15] ?? ''}`).join('');
  if (encoding === '6-bit') return decodeSixBit(bytes);
  return bytes.toString('latin1');
}

/** The fields of a type/length byte; `lengthBits` is 5 in SDRs and 6 in FRUs. */
export function readTypeLength(byte: number, lengthBits: 5 | 6): { encoding: TextEncoding; length: number } {
  return { encoding: encodings[byte >> 6] ?? 'binary', length: byte & ((1 << lengthBits) - 1) };
}

/** Reads an SDR id string, as far as the record goes: some BMCs count more characters than they send. */
export function readIdString(reader: Reader): string {
  if (reader.remaining === 0) return '';
  const { encoding, length } = readTypeLength(reader.u8(), 5);
  const bytes = reader.bytes(Math.min(length, reader.remaining));
  return decodeText(encoding, bytes).replace(/\0+$/, '');
}

/** Writes an SDR id string as 8-bit characters; at most 16. */
export function writeIdString(writer: Writer, text: string): void {
  const bytes = Buffer.from(text, 'latin1');
  if (bytes.length > 16) throw new MalformedError(`id string ${JSON.stringify(text)} is longer than 16`);
  writer.u8(0xc0 | bytes.length).bytes(bytes);
}
