import { isSumZero } from './fru-area.js';

interface Common<Kind extends string> {
  readonly kind: Kind;
  readonly type: number;
}

/** Records of the multirecord area (FRU 1.0 16 to 18); kinds without fields here keep their bytes. Volts, amperes, watts. */
export type Multirecord =
  | (Common<'power-supply'> & {
      readonly capacityWatts: number;
      readonly peakVa: number;
      readonly inrushAmps: number;
      readonly hotSwap: boolean;
    })
  | (Common<'dc-output' | 'dc-load'> & {
      readonly output: number;
      readonly nominalVolts: number;
      readonly minimumVolts: number;
      readonly maximumVolts: number;
      readonly minimumAmps: number;
      readonly maximumAmps: number;
    })
  | (Common<'management-access'> & { readonly subtype: number; readonly text: string })
  | (Common<'oem'> & { readonly manufacturer: number; readonly data: Buffer })
  | (Common<'other'> & { readonly data: Buffer });

function dc(kind: 'dc-output' | 'dc-load', type: number, data: Buffer): Multirecord {
  return {
    kind,
    type,
    output: data.readUInt8(0) & 0x0f,
    nominalVolts: data.readInt16LE(1) / 100,
    minimumVolts: data.readInt16LE(3) / 100,
    maximumVolts: data.readInt16LE(5) / 100,
    minimumAmps: data.readUInt16LE(9) / 1000,
    maximumAmps: data.readUInt16LE(11) / 1000,
  };
}

function decodeOne(type: number, data: Buffer): Multirecord {
  if (type === 0x00 && data.length >= 24) {
    const inrush = data.readUInt8(4);
    return {
      kind: 'power-supply',
      type,
      capacityWatts: data.readUInt16LE(0) & 0x0fff,
      peakVa: data.readUInt16LE(2),
      inrushAmps: inrush === 0xff ? 0 : inrush,
      hotSwap: (data.readUInt8(18) & 0x08) !== 0,
    };
  }
  if (type === 0x01 && data.length >= 13) return dc('dc-output', type, data);
  if (type === 0x02 && data.length >= 13) return dc('dc-load', type, data);
  if (type === 0x03 && data.length >= 1)
    return { kind: 'management-access', type, subtype: data.readUInt8(0), text: data.toString('latin1', 1) };
  if (type >= 0xc0 && data.length >= 3)
    return { kind: 'oem', type, manufacturer: data.readUIntLE(0, 3), data: Buffer.from(data.subarray(3)) };
  return { kind: 'other', type, data: Buffer.from(data) };
}

/** Reads records until the one marked last; a wrong checksum ends the reading and is noted. */
export function decodeMultirecords(area: Buffer, problems: string[]): Multirecord[] {
  const out: Multirecord[] = [];
  let at = 0;
  while (at + 5 <= area.length) {
    const header = area.subarray(at, at + 5);
    const length = header[2] ?? 0;
    const data = area.subarray(at + 5, at + 5 + length);
    if (!isSumZero(header) || data.length < length) {
      problems.push('multirecord area is damaged');
      break;
    }
    if (!isSumZero(Buffer.concat([data, header.subarray(3, 4)]))) problems.push('a multirecord has a wrong checksum');
    out.push(decodeOne(header[0] ?? 0, data));
    if (((header[1] ?? 0) & 0x80) !== 0) break;
    at += 5 + length;
  }
  return out;
}

/** One record with its header and both checksums. */
export function encodeMultirecord(type: number, data: Uint8Array, isLast: boolean): Buffer {
  let sum = 0;
  for (const byte of data) sum += byte;
  const header = Buffer.from([type, 0x02 | (isLast ? 0x80 : 0), data.length, -sum & 0xff, 0]);
  header[4] = -header.reduce((total, byte) => total + byte, 0) & 0xff;
  return Buffer.concat([header, data]);
}
