import { paddedText, type ByteSource, type Recognised } from './source.ts';

// ECMA-119 (ISO 9660) and the El Torito specification 1.0: sectors of 2,048 bytes, volume descriptors from sector 16 on.
const SECTOR = 2048;
const FIRST_DESCRIPTOR = 16;
/** More descriptors than any disc has; a hostile image may have no last one. */
const MOST_DESCRIPTORS = 64;
const MOST_SECTIONS = 32;
const EL_TORITO = 'EL TORITO SPECIFICATION';

/** An ISO 9660 disc; null when it is none. */
export async function describeIso(source: ByteSource): Promise<Recognised | null> {
  const found: Recognised = { bootsBy: [], notes: [] };
  let isIso = false;
  for (let index = 0; index < MOST_DESCRIPTORS; index += 1) {
    const descriptor = await source.read((FIRST_DESCRIPTOR + index) * SECTOR, SECTOR);
    if (descriptor.length < SECTOR) break;
    const identifier = descriptor.toString('latin1', 1, 6);
    if (identifier.startsWith('NSR')) found.notes?.push('UDF as well');
    if (identifier !== 'CD001') {
      if (isIso && /^(?:BEA01|NSR0\d|TEA01)$/u.test(identifier)) continue;
      break;
    }
    isIso = true;
    const type = descriptor[0];
    if (type === 0 && descriptor.toString('latin1', 7, 30) === EL_TORITO)
      found.bootsBy = await bootEntries(source, descriptor.readUInt32LE(0x47));
    if (type === 1) Object.assign(found, primaryVolume(descriptor));
  }
  if (!isIso) return null;
  if (await isHybrid(source)) found.notes?.push('hybrid: starts from a USB stick, too');
  return found;
}

function primaryVolume(descriptor: Buffer): Recognised {
  const volumeId = paddedText(descriptor.subarray(40, 72));
  const madeBy = paddedText(descriptor.subarray(574, 702)) ?? paddedText(descriptor.subarray(318, 446));
  const madeAt = longDate(descriptor.subarray(813, 830));
  return { ...(volumeId === null ? {} : { volumeId }), ...(madeBy === null ? {} : { madeBy }), ...(madeAt === null ? {} : { madeAt }) };
}

/** Sixteen digits and the distance from Greenwich in quarters of an hour (ECMA-119, 8.4.26.1). */
function longDate(bytes: Buffer): number | null {
  const digits = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/u.exec(bytes.toString('latin1', 0, 16));
  if (digits === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, hundredth = 0] = digits.slice(1).map(Number);
  const at = Date.UTC(year, month - 1, day, hour, minute, second, hundredth * 10) - bytes.readInt8(16) * 15 * 60_000;
  return year === 0 || month < 1 || month > 12 || day < 1 || day > 31 || at < 0 ? null : at;
}

/** Which firmware has an entry that may be started, from the boot catalogue. */
async function bootEntries(source: ByteSource, sector: number): Promise<('bios' | 'uefi')[]> {
  const catalogue = await source.read(sector * SECTOR, SECTOR);
  if (catalogue.length < 64 || catalogue[0] !== 1 || catalogue.readUInt16LE(30) !== 0xaa55) return [];
  const ways = new Set<'bios' | 'uefi'>();
  if (catalogue[32] === 0x88) ways.add(platform(catalogue[1]));
  let offset = 64;
  for (let sections = 0; sections < MOST_SECTIONS && offset + 32 <= catalogue.length; sections += 1) {
    const header = catalogue[offset];
    if (header !== 0x90 && header !== 0x91) break;
    const entries = catalogue.readUInt16LE(offset + 2);
    const way = platform(catalogue[offset + 1]);
    for (let entry = 1; entry <= entries && offset + entry * 32 + 32 <= catalogue.length; entry += 1) {
      if (catalogue[offset + entry * 32] === 0x88) ways.add(way);
    }
    if (header === 0x91) break; // the last section
    offset += 32 + entries * 32;
  }
  return [...ways].sort();
}

function platform(id: number | undefined): 'bios' | 'uefi' {
  return id === 0xef ? 'uefi' : 'bios';
}

/** A partition table in the system area: the same bytes start from a disk. */
async function isHybrid(source: ByteSource): Promise<boolean> {
  const first = await source.read(0, 512);
  return first.length === 512 && first.readUInt16LE(510) === 0xaa55 && [446, 462, 478, 494].some((entry) => first[entry + 4] !== 0);
}
