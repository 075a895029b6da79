import { getFruInfo, readFruData } from '../commands/storage/fru.js';
import type { Sender } from '../client/sender.js';
import { decodeFru, type Fru } from '../decode/fru.js';
import type { Sdr } from '../decode/sdr.js';
import { completion } from '../wire/completion-codes.js';
import { isCompletion } from '../wire/command.js';
import { MalformedError } from '../wire/errors.js';
import { ChunkSize, readPieces } from './partial-read.js';

/** All bytes of a FRU (IPMI 2.0 34.2), read in pieces as large as the BMC allows. */
export async function readFruBytes(sender: Sender, fru: number): Promise<Buffer> {
  const info = await sender.send(getFruInfo, { fru });
  const unit = info.byWords ? 2 : 1;
  // A piece starts and ends on a word where the device counts in words.
  const chunk = new ChunkSize(64);
  return readPieces(info.size, chunk, async (offset, count) => {
    const answer = await sender.send(readFruData, { fru, offset: offset / unit, count: Math.ceil(count / unit) });
    return answer.data.subarray(0, Math.min(answer.count * unit, answer.data.length));
  });
}

/** A FRU with the name the repository gives it. */
export interface FruEntry {
  readonly fru: number;
  readonly name: string;
  /** Undefined when it cannot be read; `problem` says why. */
  readonly content?: Fru;
  readonly problem?: string;
}

/** Reads FRU 0 and every logical FRU named in the records; one that is missing or damaged does not stop the others. */
export async function readFrus(sender: Sender, sdrs: readonly Sdr[]): Promise<FruEntry[]> {
  const places: { fru: number; name: string }[] = [{ fru: 0, name: 'Builtin FRU Device' }];
  for (const sdr of sdrs) {
    if (sdr.kind === 'fru' && sdr.logical && sdr.accessAddress === 0x20 && sdr.fru !== 0) places.push({ fru: sdr.fru, name: sdr.name });
  }
  const out: FruEntry[] = [];
  for (const place of places) out.push(await readEntry(sender, place));
  return out;
}

async function readEntry(sender: Sender, place: { fru: number; name: string }): Promise<FruEntry> {
  try {
    return { ...place, content: decodeFru(await readFruBytes(sender, place.fru)) };
  } catch (error) {
    if (isCompletion(error, completion.notPresent)) return { ...place, problem: 'not present' };
    if (isCompletion(error) || error instanceof MalformedError) return { ...place, problem: error.message };
    throw error;
  }
}
