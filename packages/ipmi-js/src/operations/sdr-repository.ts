import { getDeviceSdr, getSdr, reserveDeviceSdrs, reserveSdrRepository } from '../commands/storage/sdr.js';
import type { Sender } from '../client/sender.js';
import { decodeSdr, type Sdr } from '../decode/sdr.js';
import { completion } from '../wire/completion-codes.js';
import { isCompletion } from '../wire/command.js';
import { MalformedError } from '../wire/errors.js';
import { ChunkSize, readPieces } from './partial-read.js';

const whole = 0xff;
const piece = 32;
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
  /** Counts for the first read of a record, largest first: all of it, a piece every BMC can, only the header. */
  readonly firstCounts: number[];
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

/** As much of the record as the BMC gives at once; what it refused is not asked for again. */
async function readStart(reading: Reading, get: Get): Promise<RawSdr> {
  for (;;) {
    const count = reading.firstCounts[0] ?? headerLength;
    try {
      const answer = await get(0, count);
      if (answer.data.length >= headerLength || count === headerLength) return answer;
    } catch (error) {
      const isRefusal = isCompletion(error) && !isCompletion(error, completion.reservationLost, completion.notPresent);
      if (!isRefusal || count === headerLength) throw error;
    }
    reading.firstCounts.shift();
  }
}

type Get = (offset: number, count: number) => Promise<RawSdr>;

async function readRecord(reading: Reading, record: number): Promise<RawSdr> {
  const get: Get = (offset, count) => reading.sender.send(reading.source.get, { reservation: reading.reservation, record, offset, count });
  const start = await readStart(reading, get);
  const length = headerLength + (start.data[4] ?? 0);
  const have = start.data.length;
  if (have >= length) return start;
  const more = await readPieces(length - have, reading.chunk, async (offset, count) => (await get(have + offset, count)).data);
  return { next: start.next, data: Buffer.concat([start.data, more]) };
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
  const reading: Reading = {
    sender,
    source: sources[options.source ?? 'repository'],
    chunk: new ChunkSize(piece),
    reservation: 0,
    firstCounts: [whole, piece],
  };
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
