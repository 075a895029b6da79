import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentPath, openContentStore } from '@atn/content-store';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Changes } from '../../changes.ts';
import { openStore } from '../../store/open.ts';
import { Arrivals } from './arrivals.ts';
import { RunImages } from './fetch-for-run.ts';
import { cleanImages, previewCleaning, removeImage, updateImage } from './clean-images.ts';
import { findNamedImage, readLibrary, verifiedImage, type ImageServices } from './image-services.ts';
import { bootFilesOf } from './boot-files.ts';
import { importFile, importUpload } from './import-image.ts';

const caller = { user: 'ann', origin: 'cli' } as const;
const leaving: (() => unknown)[] = [];
afterEach(async () => {
  for (const leave of leaving.splice(0).reverse()) await leave();
});

function bench(home = mkdtempSync(join(tmpdir(), 'atn-images-'))) {
  const store = openStore({ file: join(home, 'harness.db'), backups: home, now: Date.now() });
  leaving.push(
    () => rmSync(home, { recursive: true, force: true }),
    () => store.close(),
  );
  const plans: { id: string; name: string; image: string | null }[] = [];
  const settings = { imageBudgetGb: 1, imagesFromPrivateHosts: true };
  const services: ImageServices = {
    ...{ store: store.write, content: openContentStore(join(home, 'images')), changes: new Changes(), clock: { now: () => Date.now() } },
    ...{ log: { info: () => undefined, warn: () => undefined, error: () => undefined }, settings: () => settings, plans: () => plans },
    freeBytes: () => Promise.resolve(10e9),
  };
  const arrivals = new Arrivals(services);
  leaving.push(() => arrivals.close());
  return { home, services, arrivals, plans, settings, close: () => store.close() };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const words = { revision: '', category: '' };

function fileWith(home: string, name: string, bytes: Uint8Array): string {
  mkdirSync(join(home, 'from'), { recursive: true });
  writeFileSync(join(home, 'from', name), bytes);
  return join(home, 'from', name);
}

/** A source of images that can be told to misbehave. */
async function source(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  leaving.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves ranges as a mirror does; the first `cuts` answers break off in the middle. */
function mirror(bytes: Buffer, { cuts, etag }: { cuts: number; etag: () => string }) {
  const asked: (string | undefined)[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(request.headers.range);
    const from = request.headers['if-range'] === etag() ? Number(/bytes=(\d+)-/u.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    const headers = { etag: etag(), 'accept-ranges': 'bytes', 'content-length': bytes.length - from };
    response.writeHead(from > 0 ? 206 : 200, {
      ...headers,
      ...(from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {}),
    });
    if (asked.length > cuts) return void response.end(bytes.subarray(from));
    response.write(bytes.subarray(from, from + Math.floor((bytes.length - from) / 2)), () => setTimeout(() => response.destroy(), 50));
  };
  return { asked, answer };
}

describe('the library of images', () => {
  it('keeps one content once, finds it by name and revision, and says what it is', async () => {
    const { home, services } = bench();
    const bytes = randomBytes(300_000);
    const path = fileWith(home, 'rescue.iso', bytes);
    const steps: number[] = [];
    const { image, unchanged } = await importFile(
      services,
      { ...words, path, revision: '6.12' },
      { caller, onProgress: ({ done }) => steps.push(done ?? 0) },
    );
    expect(image).toMatchObject({
      name: 'rescue',
      revision: '6.12',
      sha256: sha256(bytes),
      size: 300_000,
      kind: 'other',
      addedBy: 'ann',
      expected: false,
    });
    expect([unchanged, steps[0]]).toEqual([false, 0]);
    const again = await importFile(services, { ...words, path, revision: '6.12' }, { caller });
    expect([again.unchanged, again.image.id]).toEqual([true, image.id]);
    const other = await importFile(services, { ...words, path, name: 'same' }, { caller });
    expect(findNamedImage(services, 'RESCUE 6.12')?.id).toBe(image.id);
    expect(findNamedImage(services, 'rescue')?.id).toBe(image.id);
    expect((await readLibrary(services, [])).used).toBe(300_000);
    await removeImage(services, other.image.id);
    expect(await verifiedImage(services, image.sha256, new AbortController().signal)).toBe(contentPath(services.content, image.sha256));
    writeFileSync(path, randomBytes(1000));
    await expect(importFile(services, { ...words, path, revision: '6.12' }, { caller })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(readdirSync(services.content.incoming)).toEqual([]);
  });

  it('makes the same one image of a kernel and its RAM disks, from files and over the wire, named by the version that it says', async () => {
    const { home, services } = bench();
    const kernel = Buffer.alloc(40_000);
    kernel.write('HdrS', 0x202, 'latin1');
    kernel.writeUInt16LE(0x3000, 0x20e);
    kernel.write('6.1.0-49-cloud-amd64 (debian-kernel@lists.debian.org) #1 SMP', 0x3200, 'latin1');
    const initrd = randomBytes(70_001);
    const wire = (name: string, bytes: Uint8Array) => new File([Buffer.from(bytes)], name);
    const uploaded = await importUpload(
      services,
      { ...words, file: wire('linux', kernel), initrds: [wire('initrd.gz', initrd), wire('firmware.cpio', initrd)] },
      { caller },
    );
    expect(uploaded.image).toMatchObject({ name: 'linux 6.1.0-49-cloud-amd64', kind: 'boot', origin: 'linux, initrd.gz, firmware.cpio' });
    expect(uploaded.image.description.notes).toEqual([
      'Linux 6.1.0-49-cloud-amd64, 40 KB',
      'initial RAM disk, 70 KB',
      'initial RAM disk, 70 KB',
    ]);
    const path = fileWith(home, 'linux', kernel);
    const initrds = [fileWith(home, 'initrd.gz', initrd), fileWith(home, 'firmware.cpio', initrd)];
    const again = await importFile(services, { ...words, path, initrds }, { caller });
    expect(again).toMatchObject({ unchanged: true, image: { id: uploaded.image.id } });
    const file = await verifiedImage(services, uploaded.image.sha256, new AbortController().signal);
    const files = await bootFilesOf(file);
    const part = ({ offset, length }: { offset: number; length: number }) => readFileSync(file).subarray(offset, offset + length);
    expect(part(files.kernel).equals(kernel)).toBe(true);
    expect(files.initrds.map(({ name, ...where }) => [name, part(where).equals(initrd)])).toEqual([
      ['initrd', true],
      ['initrd-2', true],
    ]);
    const named = await importFile(services, { ...words, path, initrds, name: 'installer' }, { caller });
    expect(named.image.name).toBe('installer');
    await expect(
      importUpload(services, { ...words, file: wire('linux', kernel), initrds: [wire('initrd', Buffer.alloc(0))] }, { caller }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST', message: 'initrd is empty.' });
  });

  it('refuses an image with another hash than its maker says, and leaves nothing of it', async () => {
    const { home, services } = bench();
    const path = fileWith(home, 'lab.iso', randomBytes(1000));
    const checksumFile = fileWith(home, 'SHA256SUMS', Buffer.from(`${sha256(Buffer.from('x'))} *lab.iso\n`));
    await expect(importFile(services, { ...words, path, checksumFile }, { caller })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await readLibrary(services, [])).toMatchObject({ images: [], used: 0 });
    writeFileSync(checksumFile, `SHA256 (lab.iso) = ${sha256(readFileSync(path))}\n`);
    expect((await importFile(services, { ...words, path, checksumFile }, { caller })).image.expected).toBe(true);
  });

  it('hands out no image of which one bit has changed on the disk', async () => {
    const { home, services } = bench();
    const bytes = randomBytes(5000);
    const { image } = await importFile(services, { ...words, path: fileWith(home, 'a.iso', bytes) }, { caller });
    bytes[2500] = (bytes[2500] ?? 0) ^ 1;
    writeFileSync(contentPath(services.content, image.sha256), bytes);
    await expect(verifiedImage(services, image.sha256, new AbortController().signal)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('asks for room before it takes anything in', async () => {
    const { home, services, settings } = bench();
    settings.imageBudgetGb = 0.0001;
    const path = fileWith(home, 'a.iso', randomBytes(200_000));
    await expect(importFile(services, { ...words, path }, { caller })).rejects.toMatchObject({ code: 'DISK_FULL' });
  });

  it('shows what cleaning frees, and keeps what is pinned, used or needed', async () => {
    const { home, services, plans } = bench();
    const [one, two, three] = await Promise.all(
      ['one', 'two', 'three'].map(
        async (name) =>
          (await importFile(services, { ...words, path: fileWith(home, `${name}.iso`, randomBytes(1000)) }, { caller })).image,
      ),
    );
    if (one === undefined || two === undefined || three === undefined) throw new Error('three images were imported');
    updateImage(services, one.id, { pinned: true });
    plans.push({ id: 'p', name: 'nightly', image: 'two' });
    const preview = previewCleaning(services, 0);
    expect([preview.removes.map(({ name }) => name), preview.freed]).toEqual([['three'], 1000]);
    expect(preview.keeps.map(({ name, why }) => [name, why])).toEqual(
      expect.arrayContaining([
        ['one', 'pinned'],
        ['two', 'plan nightly needs it'],
      ]),
    );
    await expect(removeImage(services, two.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    const cleaned = await cleanImages(services, [one.id, two.id, three.id]);
    expect([cleaned.removes.map(({ id }) => id), existsSync(contentPath(services.content, three.sha256))]).toEqual([[three.id], false]);
  });
});

describe('an image from an address', () => {
  it('goes on where it was cut off, and arrives with the hash of the checksum file', async () => {
    const { services, arrivals } = bench();
    const bytes = randomBytes(400_000);
    const { asked, answer } = mirror(bytes, { cuts: 1, etag: () => '"one"' });
    const base = await source((request, response) =>
      request.url === '/SHA256SUMS' ? void response.end(`${sha256(bytes)}  lab.iso\n`) : answer(request, response),
    );
    const { id } = await arrivals.fetch({ ...words, url: `${base}/lab.iso`, checksumUrl: `${base}/SHA256SUMS` }, caller);
    await vi.waitFor(async () => expect((await arrivals.list())[0]).toMatchObject({ state: 'waiting' }), { timeout: 5000 });
    await arrivals.resume(id);
    await vi.waitFor(async () => expect(await arrivals.list()).toEqual([]), { timeout: 5000 });
    expect(asked).toEqual([undefined, 'bytes=200000-']);
    expect((await readLibrary(services, [])).images).toMatchObject([{ name: 'lab', sha256: sha256(bytes), expected: true }]);
  });

  it('goes on after a restart of the harness, and begins anew when the source has another file', async () => {
    const first = bench();
    const bytes = randomBytes(400_000);
    let tag = '"one"';
    const { asked, answer } = mirror(bytes, { cuts: 1, etag: () => tag });
    const base = await source(answer);
    await first.arrivals.fetch({ ...words, url: `${base}/lab.iso` }, caller);
    await vi.waitFor(async () => expect((await first.arrivals.list())[0]).toMatchObject({ state: 'waiting', done: 200_000 }), {
      timeout: 5000,
    });
    await first.arrivals.close();
    tag = '"two"';
    const second = new Arrivals(first.services);
    leaving.push(() => second.close());
    await second.start();
    await vi.waitFor(async () => expect(await second.list()).toEqual([]), { timeout: 5000 });
    expect(asked).toEqual([undefined, 'bytes=200000-']);
    expect((await readLibrary(first.services, [])).images).toMatchObject([{ sha256: sha256(bytes) }]);
  });

  it('that is another one than expected is refused, said so, and fetched anew when asked', async () => {
    const { services, arrivals } = bench();
    let bytes = randomBytes(10_000);
    const wanted = sha256(bytes);
    const good = bytes;
    bytes = Buffer.from(bytes);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    const base = await source((_request, response) => void response.end(bytes));
    const { id } = await arrivals.fetch({ ...words, url: `${base}/lab.iso`, sha256: wanted }, caller);
    await vi.waitFor(
      async () =>
        expect((await arrivals.list())[0]).toMatchObject({ state: 'failed', note: expect.stringContaining('not the image') as string }),
      {
        timeout: 5000,
      },
    );
    bytes = good;
    await arrivals.resume(id);
    await vi.waitFor(async () => expect(await arrivals.list()).toEqual([]), { timeout: 5000 });
    expect((await readLibrary(services, [])).images).toHaveLength(1);
  });

  it('comes from no private address unless that is allowed, neither by number nor by name', async () => {
    const { arrivals, settings } = bench();
    const base = await source((_request, response) => void response.end('secret of this computer'));
    settings.imagesFromPrivateHosts = false;
    for (const url of [`${base}/a.iso`, `http://localhost:${new URL(base).port}/b.iso`]) {
      const { id } = await arrivals.fetch({ ...words, url }, caller);
      await vi.waitFor(
        async () =>
          expect((await arrivals.list()).find((each) => each.id === id)).toMatchObject({
            state: 'failed',
            note: expect.stringContaining('private') as string,
          }),
        { timeout: 5000 },
      );
      await arrivals.cancel(id);
    }
    expect(await arrivals.list()).toEqual([]);
  });

  it('ends when redirects do not, and waits while the source is away', async () => {
    const { arrivals } = bench();
    const base = await source((request, response) => {
      if (request.url === '/away.iso') return void response.writeHead(503).end();
      response.writeHead(302, { location: '/round' }).end();
    });
    await arrivals.fetch({ ...words, url: `${base}/loop.iso` }, caller);
    const { id } = await arrivals.fetch({ ...words, url: `${base}/away.iso` }, caller);
    await vi.waitFor(async () => expect((await arrivals.list()).map(({ state }) => state)).toEqual(['failed', 'waiting']), {
      timeout: 5000,
    });
    expect((await arrivals.pause(id)).state).toBe('paused');
  });
});

describe('an image that a run wants, from a source that falls silent', () => {
  const bytes = randomBytes(200_000);
  const head = { etag: '"one"', 'content-length': bytes.length };
  const begun = (response: ServerResponse) => response.writeHead(200, head).write(bytes.subarray(0, 100_000));

  const SILENT: { what: string; answer: (request: IncomingMessage, response: ServerResponse) => unknown; why: string; kept: number }[] = [
    { what: 'accepts and never answers', answer: () => undefined, why: 'does not answer', kept: 0 },
    { what: 'can only begin anew and always stops in the middle', answer: (_, response) => begun(response), why: 'silent', kept: 100_000 },
    {
      what: 'stops in the middle for good',
      answer: ({ headers }, response) =>
        headers.range === undefined
          ? begun(response)
          : response.writeHead(206, { etag: '"one"', 'content-range': `bytes 100000-199999/${bytes.length}` }).flushHeaders(),
      why: 'silent',
      kept: 100_000,
    },
  ];

  it.each(SILENT)('that $what, is given up with the reason, and nothing of it is in the library', async ({ answer, why, kept }) => {
    const { services, arrivals: unused } = bench();
    await unused.close();
    const arrivals = new Arrivals(services, 300);
    leaving.push(() => arrivals.close());
    const asked = vi.fn(answer);
    const base = await source((request, response) => void asked(request, response));
    const never = new AbortController().signal;
    const notes: string[] = [];
    const fetched = new RunImages(services, arrivals, 2).fetch(
      { url: `${base}/lab.iso`, sha256: sha256(bytes), name: 'lab' },
      { startedBy: 'ann', cancel: never, leaving: never, onNote: (note) => notes.push(note) },
    );
    await expect(fetched).rejects.toMatchObject({ code: 'PROVISIONING_FAILED', message: expect.stringContaining(why) as string });
    await expect(fetched).rejects.toMatchObject({ message: expect.stringContaining('It was asked 2 times.') as string });
    expect(asked.mock.calls.length).toBeGreaterThanOrEqual(2);
    expect(notes.some((note) => note.includes('It waits: '))).toBe(true);
    const library = await readLibrary(services, await arrivals.list());
    expect(library).toMatchObject({ images: [], used: 0, arrivals: [{ state: 'paused', done: kept }] });
    expect(readdirSync(services.content.incoming)).toEqual([]);
  });
});
