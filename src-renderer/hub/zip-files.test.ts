import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { zipFiles } from './zip-files.ts';

/** As a reader that nobody here wrote finds it; it checks sizes. */
async function read(file: File): Promise<Record<string, string>> {
  const bytes = Buffer.from(await file.arrayBuffer());
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    fromBuffer(bytes, { lazyEntries: true, strictFileNames: true }, (error, opened) => (error === null ? resolve(opened) : reject(error))),
  );
  const found: Record<string, string> = {};
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry: Entry) =>
      zip.openReadStream(entry, (error, stream) => {
        if (error !== null) return reject(error);
        void buffer(stream).then((content) => {
          expect(crc32(content)).toBe(entry.crc32);
          found[entry.fileName] = content.toString('utf8');
          zip.readEntry();
        }, reject);
      }),
    );
    zip.once('end', () => resolve()).once('error', reject);
    zip.readEntry();
  });
  return found;
}

describe('a folder as a zip', () => {
  it('has every file at its path, whatever is in it', async () => {
    const files = { 'b/größe 1.robot': '*** Test Cases ***', 'a.txt': '', 'b/c/long.bin': 'x'.repeat(5_000_000) };
    const zip = await zipFiles(
      Object.entries(files).map(([path, text]) => ({ path, file: new Blob([text]) })),
      'Fans.zip',
    );
    expect(zip.name).toBe('Fans.zip');
    expect(await read(zip)).toEqual(files);
  });

  it('is the same for the same files, so that it travels once', async () => {
    const [one, two] = ['a', 'b'].map((path) => ({ path, file: new Blob([path]) }));
    if (one === undefined || two === undefined) throw new Error('two files');
    const bytes = async (files: (typeof one)[]) => Buffer.from(await (await zipFiles(files, 'x')).arrayBuffer());
    expect(await bytes([one, two])).toEqual(await bytes([two, one]));
  });

  it('is refused where there is nothing, or too much', async () => {
    await expect(zipFiles([], 'x')).rejects.toThrow('no files');
    const huge = { size: 4_000_000_001 } as Blob;
    await expect(zipFiles([{ path: 'a', file: huge }], 'x')).rejects.toThrow('4 GB');
  });
});
