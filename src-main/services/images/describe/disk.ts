import type { ByteSource, Recognised } from './source.ts';

const SECTOR = 512;
const GB = 1e9;
/** EFI system partition, as GPT and as MBR say it. */
const EFI_GUID = Buffer.from('28732ac11ff8d211ba4b00a0c93ec93b', 'hex');
const EFI_TYPE = 0xef;
const MOST_ENTRIES = 256;

/** A disk as a machine would see it, raw or inside a qcow2 file; null when it is none. */
export async function describeDisk(source: ByteSource): Promise<Recognised | null> {
  const first = await source.read(0, SECTOR);
  if (first.length < SECTOR) return null;
  if (first.toString('latin1', 0, 4) === 'QFI\u00fb') return qcow2(first);
  if (first.readUInt16LE(510) !== 0xaa55) return null;
  const header = await source.read(SECTOR, SECTOR);
  if (header.toString('latin1', 0, 8) === 'EFI PART') return gpt(source, header);
  const types = [446, 462, 478, 494].map((entry) => first[entry + 4] ?? 0).filter((type) => type !== 0);
  if (types.length === 0) return null;
  const bootsBy: ('bios' | 'uefi')[] = types.includes(EFI_TYPE) ? ['bios', 'uefi'] : ['bios'];
  return { bootsBy, notes: [`raw disk, MBR with ${types.length} partition${types.length === 1 ? '' : 's'}`] };
}

function qcow2(first: Buffer): Recognised | null {
  const version = first.readUInt32BE(4);
  if (version < 2 || version > 3) return null;
  const size = Number(first.readBigUInt64BE(24));
  const backed = first.readBigUInt64BE(8) !== 0n;
  return {
    notes: [`qcow2, ${(size / GB).toFixed(1)} GB when written out`, ...(backed ? ['needs another disk file that it builds on'] : [])],
  };
}

async function gpt(source: ByteSource, header: Buffer): Promise<Recognised> {
  const at = Number(header.readBigUInt64LE(72)) * SECTOR;
  const count = Math.min(header.readUInt32LE(80), MOST_ENTRIES);
  const length = header.readUInt32LE(84);
  const fits = Number.isSafeInteger(at) && at < source.size && length >= 128 && length <= 4096;
  const table = fits ? await source.read(at, count * length) : Buffer.alloc(0);
  let partitions = 0;
  let efi = false;
  for (let offset = 0; offset + 16 <= table.length; offset += length) {
    const type = table.subarray(offset, offset + 16);
    if (type.every((byte) => byte === 0)) continue;
    partitions += 1;
    efi ||= type.equals(EFI_GUID);
  }
  return { bootsBy: efi ? ['uefi'] : [], notes: [`raw disk, GPT with ${partitions} partition${partitions === 1 ? '' : 's'}`] };
}
