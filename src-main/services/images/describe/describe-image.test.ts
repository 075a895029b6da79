import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeIsoImage } from '../../provisioning/answers/iso-image.ts';
import { describeImage } from './describe-image.ts';
import type { ByteSource } from './source.ts';

let reads = 0;
const sourceOf = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (offset, length) => {
    reads += 1;
    return Promise.resolve(Buffer.from(bytes.subarray(offset, offset + length)));
  },
});
const SECTOR = 2048;

/** A disc as a mastering program makes it, with a boot catalogue in sector 30. */
function disc(sections: { platform: number; bootable: boolean[] }[]): Buffer {
  const bytes = Buffer.alloc(40 * SECTOR);
  const volume = 16 * SECTOR;
  bytes[volume] = 1;
  bytes.write('CD001', volume + 1, 'latin1');
  bytes.write('DEBIAN_LAB_12_11'.padEnd(32), volume + 40, 'latin1');
  bytes.write('XORRISO-1.5.6'.padEnd(128), volume + 574, 'latin1');
  bytes.write('2026111809120000', volume + 813, 'latin1');
  bytes.writeInt8(4, volume + 829); // an hour east of Greenwich
  const boot = 17 * SECTOR;
  bytes.write('CD001', boot + 1, 'latin1');
  bytes.write('EL TORITO SPECIFICATION', boot + 7, 'latin1');
  bytes.writeUInt32LE(30, boot + 0x47);
  bytes[18 * SECTOR] = 0xff;
  bytes.write('CD001', 18 * SECTOR + 1, 'latin1');
  const [first, ...more] = sections;
  const catalogue = 30 * SECTOR;
  bytes[catalogue] = 1;
  bytes[catalogue + 1] = first?.platform ?? 0;
  bytes.writeUInt16LE(0xaa55, catalogue + 30);
  bytes[catalogue + 32] = first?.bootable[0] === true ? 0x88 : 0;
  let offset = catalogue + 64;
  more.forEach(({ platform, bootable }, index) => {
    bytes[offset] = index === more.length - 1 ? 0x91 : 0x90;
    bytes[offset + 1] = platform;
    bytes.writeUInt16LE(bootable.length, offset + 2);
    bootable.forEach((may, entry) => (bytes[offset + 32 * (entry + 1)] = may ? 0x88 : 0));
    offset += 32 * (bootable.length + 1);
  });
  return bytes;
}

describe('the description of an image', () => {
  it('names volume, maker, time and the firmware that can start it', async () => {
    const image = disc([
      { platform: 0, bootable: [true] },
      { platform: 0xef, bootable: [true] },
    ]);
    const { kind, description } = await describeImage(sourceOf(image));
    expect(kind).toBe('iso');
    expect(description).toEqual({
      volumeId: 'DEBIAN_LAB_12_11',
      madeBy: 'XORRISO-1.5.6',
      madeAt: Date.UTC(2026, 10, 18, 8, 12),
      bootsBy: ['bios', 'uefi'],
      notes: [],
    });
  });
  it('counts only entries that may be started', async () => {
    const image = disc([
      { platform: 0, bootable: [false] },
      { platform: 0xef, bootable: [false, true] },
    ]);
    expect((await describeImage(sourceOf(image))).description.bootsBy).toEqual(['uefi']);
  });
  it('reads the discs that we write ourselves', async () => {
    const image = writeIsoImage({
      label: 'ATN_ANSWERS',
      files: [{ path: 'a.cfg', bytes: Buffer.from('x') }],
      at: Date.UTC(2026, 0, 2, 3, 4, 5),
    });
    const { kind, description } = await describeImage(sourceOf(image));
    expect([kind, description.volumeId, description.bootsBy]).toEqual(['iso', 'ATN_ANSWERS', []]);
  });
  it('says of a hybrid disc that it starts from a stick, too', async () => {
    const image = disc([{ platform: 0, bootable: [true] }]);
    image.writeUInt16LE(0xaa55, 510);
    image[450] = 0x17;
    expect((await describeImage(sourceOf(image))).description.notes).toEqual(['hybrid: starts from a USB stick, too']);
  });
  it('knows disks: MBR, GPT and qcow2', async () => {
    const mbr = Buffer.alloc(4096);
    mbr.writeUInt16LE(0xaa55, 510);
    mbr[450] = 0x83;
    expect(await describeImage(sourceOf(mbr))).toMatchObject({ kind: 'disk', description: { bootsBy: ['bios'] } });
    const gpt = Buffer.from(mbr);
    gpt.write('EFI PART', 512, 'latin1');
    gpt.writeBigUInt64LE(2n, 512 + 72);
    gpt.writeUInt32LE(4, 512 + 80);
    gpt.writeUInt32LE(128, 512 + 84);
    Buffer.from('28732ac11ff8d211ba4b00a0c93ec93b', 'hex').copy(gpt, 1024);
    const found = await describeImage(sourceOf(gpt));
    expect(found).toMatchObject({ kind: 'disk', description: { bootsBy: ['uefi'], notes: ['raw disk, GPT with 1 partition'] } });
    const qcow = Buffer.alloc(512);
    qcow.write('QFI\u00fb', 0, 'latin1');
    qcow.writeUInt32BE(3, 4);
    qcow.writeBigUInt64BE(20_000_000_000n, 24);
    expect((await describeImage(sourceOf(qcow))).description.notes).toEqual(['qcow2, 20.0 GB when written out']);
  });
  it('takes anything, in a bounded number of reads', async () => {
    const strange = fc.uint8Array({ minLength: 0, maxLength: 600 }).map((noise) => {
      const bytes = disc([
        { platform: 0, bootable: [true] },
        { platform: 0xef, bootable: [true] },
      ]);
      noise.forEach((byte, index) => (bytes[(index * 7919) % bytes.length] = byte));
      return bytes;
    });
    const endless = Buffer.alloc(200 * SECTOR);
    for (let sector = 16; sector < 200; sector += 1) endless.write('CD001', sector * SECTOR + 1, 'latin1');
    await fc.assert(
      fc.asyncProperty(fc.oneof(strange, fc.uint8Array({ maxLength: 5000 }), fc.constant(endless)), async (bytes) => {
        reads = 0;
        await describeImage(sourceOf(bytes));
        expect(reads).toBeLessThan(200);
      }),
    );
  });
});
