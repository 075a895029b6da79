import { pack, unpack, type Codec } from '../wire/codec.js';
import { MalformedError } from '../wire/errors.js';
import {
  compactRecord,
  eventOnlyRecord,
  fruLocator,
  fullRecord,
  genericLocator,
  mcLocator,
  sdrHeader,
  sdrType,
  type CompactRecord,
  type EventOnlyRecord,
  type FruLocator,
  type FullRecord,
  type GenericLocator,
  type McLocator,
} from './sdr-records.js';

interface Common<Kind extends string> {
  readonly kind: Kind;
  /** Record id in the repository. */
  readonly record: number;
}

/** A decoded sensor data record; kinds this package does not take apart keep their bytes. */
export type Sdr =
  | (Common<'full'> & FullRecord)
  | (Common<'compact'> & CompactRecord)
  | (Common<'event-only'> & EventOnlyRecord)
  | (Common<'fru'> & FruLocator)
  | (Common<'mc'> & McLocator)
  | (Common<'generic'> & GenericLocator)
  | (Common<'other'> & { readonly type: number; readonly data: Buffer });

/** Records that stand for a sensor. */
export type SensorSdr = Extract<Sdr, { kind: 'full' | 'compact' | 'event-only' }>;

export function isSensor(sdr: Sdr): sdr is SensorSdr {
  return sdr.kind === 'full' || sdr.kind === 'compact' || sdr.kind === 'event-only';
}

/** Takes a record apart, header first. A record too short for its type comes as `other`. */
export function decodeSdr(bytes: Buffer): Sdr {
  const header = unpack(sdrHeader, bytes);
  const data = bytes.subarray(5, 5 + header.length);
  const { record, type } = header;
  try {
    if (type === sdrType.full) return { kind: 'full', record, ...unpack(fullRecord, data) };
    if (type === sdrType.compact) return { kind: 'compact', record, ...unpack(compactRecord, data) };
    if (type === sdrType.eventOnly) return { kind: 'event-only', record, ...unpack(eventOnlyRecord, data) };
    if (type === sdrType.fruLocator) return { kind: 'fru', record, ...unpack(fruLocator, data) };
    if (type === sdrType.mcLocator) return { kind: 'mc', record, ...unpack(mcLocator, data) };
    if (type === sdrType.genericLocator) return { kind: 'generic', record, ...unpack(genericLocator, data) };
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
  }
  return { kind: 'other', record, type, data: Buffer.from(data) };
}

function withHeader<T>(sdr: { record: number }, type: number, body: { codec: Codec<T>; value: T }): Buffer {
  const data = pack(body.codec, body.value);
  return Buffer.concat([pack(sdrHeader, { record: sdr.record, version: 0x51, type, length: data.length }), data]);
}

/** The opposite of {@link decodeSdr}. */
export function encodeSdr(sdr: Sdr): Buffer {
  switch (sdr.kind) {
    case 'full':
      return withHeader(sdr, sdrType.full, { codec: fullRecord, value: sdr });
    case 'compact':
      return withHeader(sdr, sdrType.compact, { codec: compactRecord, value: sdr });
    case 'event-only':
      return withHeader(sdr, sdrType.eventOnly, { codec: eventOnlyRecord, value: sdr });
    case 'fru':
      return withHeader(sdr, sdrType.fruLocator, { codec: fruLocator, value: sdr });
    case 'mc':
      return withHeader(sdr, sdrType.mcLocator, { codec: mcLocator, value: sdr });
    case 'generic':
      return withHeader(sdr, sdrType.genericLocator, { codec: genericLocator, value: sdr });
    case 'other':
      return Buffer.concat([pack(sdrHeader, { record: sdr.record, version: 0x51, type: sdr.type, length: sdr.data.length }), sdr.data]);
  }
}
