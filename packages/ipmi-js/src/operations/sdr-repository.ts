import { getDeviceSdr, getSdr, reserveDeviceSdrs, reserveSdrRepository } from '../commands/storage/sdr.js';
import type { Sender } from '../client/sender.js';
import { decodeSdr, type Sdr } from '../decode/sdr.js';
import { completion } from '../wire/completion-codes.js';
import { isCompletion } from '../wire/command.js';
import { MalformedError } from '../wire/errors.js';
import { ChunkSize, readPieces } from './partial-read.js';

const whole = 0xff;
const headerLength = 5;
const last = 0xffff;
const lostReservations = 5;

const sources = {
  repository: { reserve: reserveSdrRepository, get: getSdr },
  device: { reserve: reserveDeviceSdrs, get: getDeviceSdr },
} as const;

export interface SdrReadOptions {
  /** `device` reads the sensor device's own records (IPMI 2.0 35.2), for controllers without a repository. */
  readonly source?: keyof typeof sources;
}

interface Reading {
  readonly sender: Sender;
  readonly source: (typeof sources)[keyof typeof sources];
  readonly chunk: ChunkSize;
  reservation: number;
  takesWhole: boolean;
}

interface RawSdr {
  readonly next: number;
  readonly data: Buffer;
}

async function reserve(reading: Reading): Promise<void> {
  try {
    reading.reservation = (await reading.sender.send(reading.source.reserve, undefined)).reservation;
  } catch (error) {
    // Reservations are optional; without them partial reads use 0.
    if (!isCompletion(error, completion.unknownCommand)) throw error;
    reading.reservation = 0;
  }
}

/** The whole record in one answer, which half the BMCs can. */
async function readWhole(reading: Reading, record: number): Promise<RawSdr | undefined> {
  if (!reading.takesWhole) return undefined;
  try {
    const answer = await reading.sender.send(reading.source.get, { reservation: reading.reservation, record, offset: 0, count: whole });
    const length = headerLength + (answer.data[4] ?? 0);
    if (answer.data.length >= length) return answer;
  } catch (error) {
    if (!isCompletion(error) || isCompletion(error, completion.reservationLost, completion.notPresent)) throw error;
  }
  reading.takesWhole = false;
  return undefined;
}

async function readRecord(reading: Reading, record: number): Promise<RawSdr> {
  const full = await readWhole(reading, record);
  if (full !== undefined) return full;
  const get = (offset: number, count: number): Promise<RawSdr> =>
    reading.sender.send(reading.source.get, { reservation: reading.reservation, record, offset, count });
  const header = await get(0, headerLength);
  const length = headerLength + (header.data[4] ?? 0);
  const body = await readPieces(length - headerLength, reading.chunk, async (offset, count) => (await get(headerLength + offset, count)).data);
  return { next: header.next, data: Buffer.concat([header.data.subarray(0, headerLength), body]) };
}

async function readReserved(reading: Reading, record: number): Promise<RawSdr> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await readRecord(reading, record);
    } catch (error) {
      if (!isCompletion(error, completion.reservationLost) || tries >= lostReservations) throw error;
      await reserve(reading);
    }
  }
}

/**
 * Reads all sensor data records (IPMI 2.0 33.12): whole records where the BMC can, else piece by piece under a reservation,
 * which is renewed when another one takes it away. Rejects with CompletionError, TimeoutError or MalformedError.
 */
export async function readSdrs(sender: Sender, options: SdrReadOptions = {}): Promise<Sdr[]> {
  const reading: Reading = { sender, source: sources[options.source ?? 'repository'], chunk: new ChunkSize(32), reservation: 0, takesWhole: true };
  await reserve(reading);
  const out: Sdr[] = [];
  const seen = new Set<number>();
  let record = 0;
  while (record !== last) {
    if (seen.has(record)) throw new MalformedError(`record ${record} follows itself`);
    seen.add(record);
    let raw: RawSdr;
    try {
      raw = await readReserved(reading, record);
    } catch (error) {
      if (record === 0 && isCompletion(error, completion.notPresent)) return [];
      throw error;
    }
    out.push(decodeSdr(raw.data));
    record = raw.next;
  }
  return out;
}
