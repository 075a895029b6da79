import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  contentPath,
  has,
  list,
  openContent,
  openContentStore,
  put,
  remove,
  removeStale,
  usage,
  verify,
  type ContentStore,
} from '../src/index.ts';
import { translate } from '../src/errors.ts';

const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

function store(): ContentStore {
  const folder = mkdtempSync(join(tmpdir(), 'atn-content-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return openContentStore(folder);
}

describe('put', () => {
  it('takes bytes, a stream and a file, and keeps the same content once', async () => {
    const place = store();
    const bytes = Buffer.from('one and the same');
    const file = join(place.incoming, '..', 'source.txt');
    writeFileSync(file, bytes);
    const expected = { sha256: sha(bytes), size: bytes.byteLength };
    expect(await put(place, bytes)).toEqual(expected);
    expect(await put(place, Readable.from([bytes.subarray(0, 3), bytes.subarray(3)]))).toEqual(expected);
    expect(await put(place, file)).toEqual(expected);
    expect(await usage(place)).toEqual({ files: 1, bytes: bytes.byteLength });
    expect(readdirSync(place.incoming)).toEqual([]);
  });

  it('leaves nothing behind when its source breaks off', async () => {
    const place = store();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(70_000);
      await Promise.reject(new Error('cable pulled'));
    }
    await expect(put(place, broken())).rejects.toThrow('cable pulled');
    expect(await usage(place)).toEqual({ files: 0, bytes: 0 });
    expect(readdirSync(place.incoming)).toEqual([]);
  });

  it('refuses content that is not what was promised', async () => {
    const place = store();
    const wanted = sha('good');
    await expect(put(place, Buffer.from('evil'), { expected: wanted })).rejects.toMatchObject({ code: 'mismatch' });
    expect(await has(place, wanted)).toBe(false);
    expect(await usage(place)).toEqual({ files: 0, bytes: 0 });
  });

  it('can be called off', async () => {
    const place = store();
    const call = put(place, Buffer.from('x'), { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(place.incoming)).toEqual([]);
  });

  it('keeps one whole file when many put the same at once', async () => {
    const place = store();
    const bytes = Buffer.alloc(300_000, 'atn');
    const results = await Promise.all(Array.from({ length: 20 }, () => put(place, bytes)));
    expect(new Set(results.map((each) => each.sha256))).toEqual(new Set([sha(bytes)]));
    expect(await verify(place, sha(bytes))).toBe(true);
    expect(await usage(place)).toEqual({ files: 1, bytes: 300_000 });
  });

  it('puts a good file in the place of one that was cut from outside', async () => {
    const place = store();
    const { sha256 } = await put(place, Buffer.from('whole content'));
    writeFileSync(contentPath(place, sha256), 'whole');
    expect(await verify(place, sha256)).toBe(false);
    await put(place, Buffer.from('whole content'));
    expect(await verify(place, sha256)).toBe(true);
  });

  it('names a full and a read-only disk', () => {
    const problem = (code: string, path?: string): Error => Object.assign(new Error(code), { code, path });
    expect(translate(problem('ENOSPC'), '/store')).toMatchObject({ code: 'diskFull' });
    expect(translate(problem('EROFS', '/store/incoming/x'), '/store')).toMatchObject({ code: 'readOnly' });
    expect(translate(problem('EACCES', '/home/else'), '/store')).toMatchObject({ code: 'EACCES' });
    expect(translate(problem('EIO'), '/store')).toMatchObject({ code: 'EIO' });
  });
});

describe('reading', () => {
  it('gives back whatever was put, whole and in any part', async () => {
    const place = store();
    const parts = fc.tuple(fc.uint8Array({ maxLength: 5_000 }), fc.nat(6_000), fc.nat(6_000));
    await fc.assert(
      fc.asyncProperty(parts, async ([bytes, one, other]) => {
        const { sha256, size } = await put(place, bytes);
        expect([sha256, size]).toEqual([sha(bytes), bytes.byteLength]);
        expect(await buffer(await openContent(place, sha256))).toEqual(Buffer.from(bytes));
        const [start, end] = [Math.min(one, other, size), Math.max(one, other)];
        const part = await buffer(await openContent(place, sha256, { start, end }));
        expect(part).toEqual(Buffer.from(bytes.subarray(start, end)));
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what is not there, what is no hash, and a range beyond the end', async () => {
    const place = store();
    const { sha256 } = await put(place, Buffer.from('abc'));
    await expect(openContent(place, sha('else'))).rejects.toMatchObject({ code: 'notFound' });
    await expect(openContent(place, sha256, { start: 4 })).rejects.toMatchObject({ code: 'badRange' });
    await expect(openContent(place, sha256, { start: -1 })).rejects.toMatchObject({ code: 'badRange' });
    expect(() => contentPath(place, '../../etc/passwd')).toThrow(expect.objectContaining({ code: 'badHash' }));
    expect(() => contentPath(place, sha256.toUpperCase())).toThrow(expect.objectContaining({ code: 'badHash' }));
  });

  it('notices a changed byte', async () => {
    const place = store();
    const { sha256 } = await put(place, Buffer.from('abc'));
    expect(await verify(place, sha256)).toBe(true);
    writeFileSync(contentPath(place, sha256), 'abd');
    expect(await verify(place, sha256)).toBe(false);
    expect(await verify(place, sha('nothing'))).toBe(false);
  });
});

describe('housekeeping', () => {
  it('lists, removes and counts', async () => {
    const place = store();
    const hashes = await Promise.all(['a', 'b', 'c'].map(async (text) => (await put(place, Buffer.from(text))).sha256));
    const listed: string[] = [];
    for await (const sha256 of list(place)) listed.push(sha256);
    expect(listed.toSorted()).toEqual(hashes.toSorted());
    expect(await remove(place, hashes[0] ?? '')).toBe(true);
    expect(await remove(place, hashes[0] ?? '')).toBe(false);
    expect(await usage(place)).toEqual({ files: 2, bytes: 2 });
  });

  it('removes what a killed process left half written, and nothing younger', async () => {
    const place = store();
    for (const name of ['old', 'young']) writeFileSync(join(place.incoming, name), 'half');
    utimesSync(join(place.incoming, 'old'), new Date(0), new Date(0));
    expect(await removeStale(place)).toBe(1);
    expect(readdirSync(place.incoming)).toEqual(['young']);
  });
});
