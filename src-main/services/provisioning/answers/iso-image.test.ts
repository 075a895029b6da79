import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeIsoImage } from './iso-image.ts';

const SECTOR = 2048;
const AT = Date.UTC(2026, 10, 23, 2, 3, 4);

/** Reads the Joliet tree as a system would: descriptor, root, records. Independent of how it was written. */
function readBack(image: Uint8Array): Map<string, Buffer> {
  const disc = Buffer.from(image);
  const descriptor = disc.subarray(17 * SECTOR, 18 * SECTOR);
  expect(descriptor[0]).toBe(2);
  expect(descriptor.subarray(1, 6).toString('latin1')).toBe('CD001');
  expect(descriptor.readUInt32LE(80) * SECTOR, 'it says how large it is').toBe(disc.length);
  const files = new Map<string, Buffer>();
  const folder = (sector: number, size: number, path: string): void => {
    for (let at = sector * SECTOR; at < sector * SECTOR + size;) {
      const length = disc[at] ?? 0;
      if (length === 0) {
        at = (Math.floor(at / SECTOR) + 1) * SECTOR;
        continue;
      }
      expect(disc.readUInt32LE(at + 2)).toBe(disc.readUInt32BE(at + 6));
      const [start, bytes, isFolder] = [disc.readUInt32LE(at + 2), disc.readUInt32LE(at + 10), ((disc[at + 25] ?? 0) & 2) !== 0];
      const raw = Buffer.from(disc.subarray(at + 33, at + 33 + (disc[at + 32] ?? 0)));
      const name = raw.length < 2 ? '' : path + Buffer.from(raw).swap16().toString('utf16le');
      if (name !== '' && isFolder) folder(start, bytes, `${name}/`);
      else if (name !== '') files.set(name, disc.subarray(start * SECTOR, start * SECTOR + bytes));
      at += length;
    }
  };
  folder(descriptor.readUInt32LE(156 + 2), descriptor.readUInt32LE(156 + 10), '');
  return files;
}

describe('an image of answers', () => {
  it('holds every file under its own name, whatever their number, size and folders', () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,40}$/u);
    const path = fc
      .array(name, { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map((part, depth) => (depth < parts.length - 1 ? `d-${part}` : `f-${part}`)).join('/'));
    const files = fc.uniqueArray(fc.record({ path, bytes: fc.uint8Array({ maxLength: 5000 }) }), {
      selector: (file) => file.path,
      maxLength: 60,
    });
    fc.assert(
      fc.property(files, (all) => {
        const read = readBack(writeIsoImage({ label: 'cidata', files: all, at: AT }));
        expect([...read.keys()].toSorted()).toEqual(all.map((file) => file.path).toSorted());
        for (const file of all) expect(read.get(file.path)?.equals(file.bytes), file.path).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has the label that installers look for in both trees, and is the same for the same answers', () => {
    const make = (): Buffer =>
      Buffer.from(writeIsoImage({ label: 'OEMDRV', files: [{ path: 'ks.cfg', bytes: Buffer.from('text') }], at: AT }));
    const image = make();
    expect(
      image
        .subarray(16 * SECTOR + 40, 16 * SECTOR + 72)
        .toString('latin1')
        .trim(),
    ).toBe('OEMDRV');
    expect(
      Buffer.from(image.subarray(17 * SECTOR + 40, 17 * SECTOR + 72))
        .swap16()
        .toString('utf16le')
        .trim(),
    ).toBe('OEMDRV');
    expect(image.equals(make())).toBe(true);
  });
});
