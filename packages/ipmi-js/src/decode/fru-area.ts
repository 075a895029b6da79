import { decodeText, readTypeLength } from '../wire/type-length.js';

/** Sum of bytes is 0 modulo 256 (FRU 1.0 9). */
export function isSumZero(bytes: Uint8Array): boolean {
  let sum = 0;
  for (const byte of bytes) sum += byte;
  return (sum & 0xff) === 0;
}

const endOfFields = 0xc1;

/** Fields of an area from `at` on, up to the end mark (FRU 1.0 13). A field that runs over the end of the area is cut. */
export function readFields(area: Buffer, at: number): string[] {
  const out: string[] = [];
  let offset = at;
  while (offset < area.length) {
    const byte = area[offset] ?? endOfFields;
    if (byte === endOfFields) break;
    const { encoding, length } = readTypeLength(byte, 6);
    out.push(decodeText(encoding, area.subarray(offset + 1, offset + 1 + length)).replace(/[\0 ]+$/, ''));
    offset += 1 + length;
  }
  return out;
}

function field(text: string): Buffer {
  const bytes = Buffer.from(text, 'latin1').subarray(0, 63);
  // One character in 8-bit form would look like the end mark, so it is followed by a blank.
  const stored = bytes.length === 1 ? Buffer.concat([bytes, Buffer.from(' ')]) : bytes;
  return Buffer.concat([Buffer.from([0xc0 | stored.length]), stored]);
}

/** Builds an area: version, length, `start`, fields, end mark, pad, checksum. */
export function writeArea(start: Uint8Array, fields: readonly string[]): Buffer {
  const body = Buffer.concat([Buffer.from(start), ...fields.map(field), Buffer.from([endOfFields])]);
  const length = Math.ceil((body.length + 3) / 8) * 8;
  const out = Buffer.alloc(length);
  out[0] = 1;
  out[1] = length / 8;
  out.set(body, 2);
  let sum = 0;
  for (const byte of out) sum += byte;
  out[length - 1] = -sum & 0xff;
  return out;
}
