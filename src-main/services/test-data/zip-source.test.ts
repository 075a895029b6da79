import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { listTestData } from '../../store/test-data.ts';
import { listRevisionFiles } from './read-revision.ts';
import { bench, folderWith, refusalOf, SUITE } from './test-bench.ts';

async function zipOf(files: Record<string, string | Buffer>, mode?: number): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), path, mode === undefined ? {} : { mode });
  zip.end();
  return buffer(zip.outputStream);
}
/** The same archive with one name replaced by another of the same length, which no well-meaning library would write. */
const renamed = (zip: Buffer, from: string | Buffer, to: string | Buffer) => {
  const [before, after] = [Buffer.from(from), Buffer.from(to)];
  if (before.length !== after.length) throw new Error('names of one length only');
  const changed = Buffer.from(zip);
  for (let at = changed.indexOf(before); at !== -1; at = changed.indexOf(before, at + 1)) after.copy(changed, at);
  return changed;
};
/** Sets bytes in every central directory record: `offset` from its signature. */
const patched = (zip: Buffer, offset: number, write: (record: Buffer, at: number) => void) => {
  const changed = Buffer.from(zip);
  for (let at = changed.indexOf('PK\x01\x02', 0, 'latin1'); at !== -1; at = changed.indexOf('PK\x01\x02', at + 4, 'latin1'))
    write(changed, at + offset);
  return changed;
};
const fileOf = (zip: Buffer, name = 'data.zip') => {
  const file = join(mkdtempSync(join(tmpdir(), 'atn-zip-')), name);
  writeFileSync(file, zip);
  return file;
};
const pathsIn = async (zip: Buffer) => {
  const here = bench();
  const { testData } = await here.import(fileOf(zip));
  return (await listRevisionFiles(here.services.content, testData.newest.hash)).map(({ path }) => path);
};
async function expectRefused(zip: Buffer, message: RegExp) {
  const here = bench();
  expect(await refusalOf(here.import(fileOf(zip)))).toMatchObject({
    code: 'ARCHIVE_REFUSED',
    message: expect.stringMatching(message) as unknown,
  });
  expect([listTestData(here.services.store), await here.contentFiles()]).toEqual([[], 0]);
}

describe('a zip', () => {
  it('gives the same revision as its folder, with or without that folder in it', async () => {
    const files = { 'a.robot': SUITE, 'ünï/b.robot': SUITE };
    const here = bench();
    const folder = await here.import(folderWith(files), { name: 'one' });
    const flat = await here.import(fileOf(await zipOf(files)), { name: 'one' });
    const nested = await here.import(
      fileOf(await zipOf(Object.fromEntries(Object.entries(files).map(([path, text]) => [`top/${path}`, text])))),
      { name: 'one' },
    );
    expect([flat.unchanged, nested.unchanged, folder.testData.name]).toEqual([true, true, 'one']);
  });
  it('loses what tools put in it', async () => {
    expect(
      await pathsIn(await zipOf({ 'x/a.robot': SUITE, '__MACOSX/x/._a.robot': 'x', 'x/.DS_Store': 'x', 'x/__pycache__/m.pyc': 'x' })),
    ).toEqual(['a.robot']);
  });
  it('takes names in UTF-8 without the flag for it, and in the old code page', async () => {
    const flagless = (zip: Buffer) => patched(zip, 8, (record, at) => void record.writeUInt16LE(record.readUInt16LE(at) & ~0x800, at));
    expect(await pathsIn(flagless(await zipOf({ 'ü.robot': SUITE })))).toEqual(['ü.robot']);
    const cp437 = renamed(flagless(await zipOf({ 'XX.robot': SUITE })), 'XX.robot', Buffer.from([0x81, 0x84, ...Buffer.from('.robot')]));
    expect(await pathsIn(cp437)).toEqual(['üä.robot']);
  });
  it.each([
    ['../..x.robot', /"\.\.\/\.\.x\.robot" leads out of its folder/u],
    ['/absolute.rob', /is an absolute path/u],
    ['C:/drive.robot', /begins with a drive letter/u],
    ['a/../../b.robt', /leads out/u],
    ['a\\..\\..\\b.rbt', /leads out/u],
    ['a//double.robt', /empty part/u],
    ['a\0null.robott', /NUL/u],
  ])('is refused with the entry %j', async (name, message) => {
    const place = 'x'.repeat(Buffer.byteLength(name));
    await expectRefused(renamed(await zipOf({ 'ok.robot': SUITE, [place]: SUITE }), place, name), message);
  });
  it('is refused with links, devices, encrypted and twofold entries', async () => {
    await expectRefused(await zipOf({ 'ok.robot': SUITE, 'link.robot': '/etc/passwd' }, 0o120777), /"ok\.robot" is a link or a device/u);
    await expectRefused(
      patched(await zipOf({ 'a.robot': SUITE }), 8, (record, at) => void record.writeUInt16LE(record.readUInt16LE(at) | 1, at)),
      /"a\.robot" is encrypted|damaged/u,
    );
    await expectRefused(renamed(await zipOf({ 'a.robot': SUITE, 'b.robot': SUITE }), 'b.robot', 'a.robot'), /"a\.robot" is there twice/u);
    await expectRefused(
      renamed(await zipOf({ 'a.robot': SUITE, 'x.robot/b.robot': SUITE }), 'x.robot/b.robot', 'a.robot/b.robot'),
      /file and a folder at once/u,
    );
    await expectRefused(
      patched(await zipOf({ 'a.robot': SUITE }), 10, (record, at) => void record.writeUInt16LE(12, at)),
      /method 12/u,
    );
  });
  it('is refused when it is a bomb, by one entry or by all together', async () => {
    await expectRefused(
      await zipOf({ 'a.robot': SUITE, 'zeros.bin': Buffer.alloc(20_000_000) }),
      /"zeros\.bin" unpacks to 20000000 bytes/u,
    );
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, place) => [`z${place}.bin`, Buffer.alloc(1_000_000)]));
    await expectRefused(await zipOf({ 'a.robot': SUITE, ...many }), /It unpacks to/u);
    const lying = patched(
      await zipOf({ 'a.robot': SUITE, 'zeros.bin': Buffer.alloc(3_000_000) }),
      24,
      (record, at) => void record.writeUInt32LE(1000, at),
    );
    await expectRefused(lying, /damaged/u);
  });
  it('is refused when it is damaged, cut or none at all', async () => {
    const zip = await zipOf({ 'a.robot': SUITE.repeat(100) });
    await expectRefused(zip.subarray(0, zip.length - 30), /not a zip archive that can be read/u);
    await expectRefused(Buffer.from('this is a letter'), /not a zip archive/u);
    await expectRefused(
      patched(zip, 16, (record, at) => void record.writeUInt32LE(1, at)),
      /"a\.robot" is damaged: its checksum/u,
    );
    const flipped = Buffer.from(zip);
    flipped.fill(0x55, 60, 80);
    await expectRefused(flipped, /"a\.robot" is damaged/u);
  });
  it('says what it holds when there is no suite in it', async () => {
    expect(await refusalOf(bench().import(fileOf(await zipOf({ 'notes.txt': 'x' }))))).toMatchObject({
      code: 'NO_SUITES',
      details: ['notes.txt'],
    });
  });
});
