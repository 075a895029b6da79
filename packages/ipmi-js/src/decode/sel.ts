import { bits, clearBit, span } from '../wire/bits.js';
import { bytes, merge, pack, rest, struct, u16, u24, u32, u8, unpack } from '../wire/codec.js';
import { describeOffset, isThreshold, sensorSpecific } from './tables/events.js';
import { describeSensorType } from './tables/sensor-types.js';

const head = struct({ record: u16, type: u8 });

/** Body of a system event record, type 02h (IPMI 2.0 table 32-1). */
const eventBody = merge(
  struct({ time: u32, generator: u16, revision: u8, sensorType: u8, sensor: u8 }),
  bits(1, { eventType: span(0, 7), asserted: clearBit(7) }),
  struct({ data: bytes(3) }),
);
const oemTimedBody = struct({ time: u32, manufacturer: u24, data: rest });

interface Common<Kind extends string> {
  readonly kind: Kind;
  readonly record: number;
  readonly type: number;
}

/** Times are seconds since 1970; below 20000000h they count from the start of the BMC, FFFFFFFFh is unknown. */
export interface SystemEvent extends Common<'event'> {
  readonly time: number;
  /** Slave address (or software id) of who sent it, and its LUN and channel in the upper byte. */
  readonly generator: number;
  readonly revision: number;
  readonly sensorType: number;
  readonly sensor: number;
  readonly eventType: number;
  /** False for a deassertion. */
  readonly asserted: boolean;
  /** The three event data bytes. */
  readonly data: Buffer;
}

export interface OemTimedRecord extends Common<'oem-timed'> {
  readonly time: number;
  readonly manufacturer: number;
  readonly data: Buffer;
}

export interface OemRecord extends Common<'oem'> {
  readonly data: Buffer;
}

export type SelRecord = SystemEvent | OemTimedRecord | OemRecord;

/** Takes a 16-byte SEL record apart: 02h event, C0h-DFh OEM with time, E0h-FFh OEM; others as if 02h, like the specification. */
export function decodeSelRecord(record: Buffer): SelRecord {
  const { record: id, type } = unpack(head, record);
  const body = record.subarray(3);
  if (type >= 0xe0) return { kind: 'oem', record: id, type, data: Buffer.from(body) };
  if (type >= 0xc0) return { kind: 'oem-timed', record: id, type, ...unpack(oemTimedBody, body) };
  return { kind: 'event', record: id, type, ...unpack(eventBody, body) };
}

/** The opposite of {@link decodeSelRecord}. */
export function encodeSelRecord(record: SelRecord): Buffer {
  const start = pack(head, record);
  if (record.kind === 'oem') return Buffer.concat([start, record.data], 16);
  if (record.kind === 'oem-timed') return Buffer.concat([start, pack(oemTimedBody, record)], 16);
  return Buffer.concat([start, pack(eventBody, record)], 16);
}

/** What an event says, in words. */
export interface EventWords {
  readonly sensorType: string;
  /** The offset in words; undefined when neither table nor specification names it. */
  readonly event: string | undefined;
  readonly offset: number;
  readonly direction: 'asserted' | 'deasserted';
  /** Threshold events: raw reading and raw threshold that triggered, when the event carries them. */
  readonly reading?: number;
  readonly threshold?: number;
  readonly detail?: string;
}

const memoryDetail = (data: Buffer): string | undefined => {
  const module = data[2];
  return module === undefined || module === 0xff ? undefined : `memory module ${module}`;
};

/** Meanings of event data 2 and 3 that depend on the sensor type (IPMI 2.0 table 42-3). */
const details: Readonly<Record<number, (data: Buffer) => string | undefined>> = {
  0x0c: memoryDetail,
  0x10: (data) => (((data[0] ?? 0) & 0x0f) === 0 ? memoryDetail(data) : undefined),
  0x2a: (data) => `user ${(data[1] ?? 0) & 0x3f}`,
};

/** Explains an event (IPMI 2.0 29.7 says which data bytes mean what). */
export function describeEvent(event: SystemEvent): EventWords {
  const first = event.data[0] ?? 0;
  const offset = first & 0x0f;
  const base = {
    sensorType: describeSensorType(event.sensorType),
    event: describeOffset({ ...event, offset }),
    offset,
    direction: event.asserted ? 'asserted' : 'deasserted',
  } as const;
  if (isThreshold(event.eventType)) {
    const reading = first >> 6 === 1 ? event.data[1] : undefined;
    const threshold = ((first >> 4) & 3) === 1 ? event.data[2] : undefined;
    return { ...base, ...(reading === undefined ? {} : { reading }), ...(threshold === undefined ? {} : { threshold }) };
  }
  const detail = event.eventType === sensorSpecific ? details[event.sensorType]?.(event.data) : undefined;
  return detail === undefined ? base : { ...base, detail };
}

/** Seconds of a SEL time as a date; undefined when unknown or counted from the start of the BMC. */
export function selDate(time: number): Date | undefined {
  return time === 0xffffffff || time < 0x20000000 ? undefined : new Date(time * 1000);
}
