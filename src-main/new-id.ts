import { randomBytes, randomInt } from 'node:crypto';

/** Ids of one millisecond count up from a random place in the lower half of these twelve bits. */
const MOST_COUNT = 0xfff;
let last = { now: -1, count: 0 };

/** uuidv7: sorts by the time it was made, within one millisecond by the order in which this process made it; `now` in UTC ms. */
export function newId(now: number): string {
  last = { now, count: now === last.now ? Math.min(last.count + 1, MOST_COUNT) : randomInt(0x800) };
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes.writeUInt16BE(0x7000 | last.count, 6);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
