import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseInDialog } from '../fixtures/dialogs.ts';
import { expect, test } from '../fixtures/workbench.ts';

const SECTOR = 2048;

/** The beginning of an ISO 9660 image with this volume id, and some megabytes that nobody looks at. */
function isoWith(volumeId: string): Buffer {
  const volume = Buffer.alloc(SECTOR);
  volume.write('\u0001CD001\u0001', 0, 'latin1');
  volume.write(volumeId.padEnd(32), 40, 'latin1');
  const end = Buffer.alloc(SECTOR);
  end.write('\u00ffCD001\u0001', 0, 'latin1');
  return Buffer.concat([Buffer.alloc(16 * SECTOR), volume, end, randomBytes(6_000_000)]);
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** A mirror that breaks off its first answer in the middle; afterwards it serves what is asked, ranges included. */
async function startMirror(content: Buffer): Promise<{ url: string; ranges: string[]; server: Server }> {
  const ranges: string[] = [];
  const etag = '"first"';
  let broken = false;
  const server = createServer((request, response) => {
    if (request.url === '/SHA256SUMS') return void response.end(`${sha256(content)} *lab.iso\n`);
    const start = Number(/^bytes=(\d+)-/u.exec(request.headers.range ?? '')?.[1] ?? 0);
    if (request.headers.range !== undefined) ranges.push(request.headers.range);
    const about = { ETag: etag, 'Accept-Ranges': 'bytes', 'Content-Length': String(content.length - start) };
    if (start > 0) response.writeHead(206, { ...about, 'Content-Range': `bytes ${start}-${content.length - 1}/${content.length}` });
    else response.writeHead(200, about);
    if (broken || request.method === 'HEAD') return void response.end(content.subarray(start));
    broken = true;
    response.write(content.subarray(0, 2_000_000), () => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, ranges, server };
}

test('A1: an image is imported from a file, described, pinned, found unused and freed; its file goes with it', async ({
  workbench,
  home,
}) => {
  const { app, page } = workbench;
  const file = join(home, 'debian-lab.iso');
  writeFileSync(file, isoWith('ATN_E2E_12'));
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await expect(page.getByRole('heading', { level: 1, name: 'Images' })).toBeVisible();
  await expect(page.getByText('No images yet')).toBeVisible();
  await chooseInDialog(app, file);
  await page.getByRole('button', { name: 'Import files' }).click();
  await page.getByRole('grid', { name: 'Images' }).getByRole('row').filter({ hasText: 'debian-lab' }).click();
  const detail = page.getByRole('region', { name: 'debian-lab', exact: true });
  await expect(detail).toContainText('ATN_E2E_12');
  await detail.getByRole('button', { name: 'Pin' }).click();
  await expect(detail.getByRole('button', { name: 'Unpin' })).toBeVisible();

  await page.getByRole('button', { name: 'Free space' }).click();
  await page.getByLabel('Days without use').fill('0');
  await expect(page.getByText('debian-lab stays, ', { exact: false })).toBeVisible();
  await detail.getByRole('button', { name: 'Unpin' }).click();
  await page.getByRole('button', { name: 'Free space' }).click();
  await page.getByRole('button', { name: 'Free space' }).click();
  await page.getByLabel('Days without use').fill('0');
  await expect(page.getByText('Freeing now removes 1 image:')).toBeVisible();
  await page.getByRole('button', { name: /^Free 6/u }).click();
  await expect(page.getByText('No images yet')).toBeVisible();
  expect(filesOf(home)).toEqual([]);
});

test('A1: an image is fetched from an address over a broken line and held against its checksum file; another content is refused', async ({
  page,
  home,
  join: joinHarness,
}) => {
  const content = isoWith('ATN_MIRROR');
  const mirror = await startMirror(content);
  try {
    const client = await joinHarness();
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    const fetch = async (check: string, name: string): Promise<void> => {
      await page.getByRole('button', { name: 'From an address' }).click();
      const form = page.getByRole('dialog', { name: 'Fetch image' });
      await form.getByLabel('Address of the image').fill(`${mirror.url}/lab.iso`);
      await form.getByLabel('Its sha256, or the address of a checksum file').fill(check);
      await form.getByLabel('Name', { exact: true }).fill(name);
      await form.getByRole('button', { name: 'Fetch now' }).click();
    };
    const arriving = page.getByRole('region', { name: 'Arriving' });
    await fetch(`${mirror.url}/SHA256SUMS`, 'refused');
    await expect(page.getByText(/private/u).first()).toBeVisible();
    await client.system.updateSettings({ imagesFromPrivateHosts: true });
    for (const { id } of (await client.images.list()).arrivals) await client.images.cancel({ id });
    await page.keyboard.press('Escape');
    await expect(arriving).toBeHidden();

    await fetch(`${mirror.url}/SHA256SUMS`, 'lab');
    const row = page.getByRole('grid', { name: 'Images' }).getByRole('row').filter({ hasText: 'lab' });
    await expect(row).toBeVisible({ timeout: 60_000 });
    await row.click();
    await expect(page.getByRole('region', { name: 'lab', exact: true })).toContainText('verified on arrival');
    expect(mirror.ranges.some((range) => Number(/\d+/u.exec(range)?.[0]) > 0)).toBe(true);
    const [image] = (await client.images.list()).images;
    expect(image?.sha256).toBe(sha256(content));

    await fetch('0'.repeat(64), 'flipped');
    await expect(arriving).toContainText('Not usable', { timeout: 30_000 });
    expect((await client.images.list()).images.map(({ name }) => name)).toEqual(['lab']);
    await arriving.getByRole('button', { name: 'Remove' }).click();
    await expect(arriving).toBeHidden();
    expect(filesOf(home)).toHaveLength(1);
  } finally {
    mirror.server.closeAllConnections();
    mirror.server.close();
  }
});

test('A1: a kernel with its RAM disk, chosen or dropped together, is one image; a raw disk is recognised, a RAM disk alone is not taken', async ({
  workbench,
  home,
  join: joinHarness,
}) => {
  const { app, page } = workbench;
  const kernel = kernelOf('6.1.0-49-e2e');
  const [first, second] = [randomBytes(300_000), randomBytes(500_000)];
  writeFileSync(join(home, 'vmlinuz'), kernel);
  writeFileSync(join(home, 'initrd.img'), first);
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await chooseInDialog(app, join(home, 'initrd.img'), join(home, 'vmlinuz'));
  await page.getByRole('button', { name: 'Import files' }).click();
  const rows = page.getByRole('grid', { name: 'Images' }).getByRole('row');
  await rows.filter({ hasText: 'vmlinuz 6.1.0-49-e2e' }).click();
  const detail = page.getByRole('region', { name: 'vmlinuz 6.1.0-49-e2e' });
  await expect(detail).toContainText('Linux 6.1.0-49-e2e, 40 KB; initial RAM disk, 300 KB');
  await page.keyboard.press('Escape');

  // Files that no disk knows, as a browser hands them over.
  await drop(page, { 'initrd.gz': second, linux: kernel, 'box.img': diskWith(1) });
  await rows.filter({ hasText: 'linux 6.1.0-49-e2e' }).click();
  await expect(page.getByRole('region', { name: 'linux 6.1.0-49-e2e' })).toContainText('initial RAM disk, 500 KB');
  await page.keyboard.press('Escape');
  await expect(rows.filter({ hasText: 'box' }).getByLabel('disk', { exact: true })).toBeVisible();

  await drop(page, { 'initramfs-lts': first });
  await expect(page.getByText('initramfs-lts: A RAM disk starts nothing alone.')).toBeVisible();
  const client = await joinHarness();
  const { images } = await client.images.list();
  expect(images.map(({ name, kind }) => `${name}: ${kind}`).sort()).toEqual([
    'box: disk',
    'linux 6.1.0-49-e2e: boot',
    'vmlinuz 6.1.0-49-e2e: boot',
  ]);
});

/** What a Linux kernel says of itself, and nothing that could start. */
function kernelOf(version: string): Buffer {
  const kernel = Buffer.alloc(40_000);
  kernel.write('HdrS', 0x202, 'latin1');
  kernel.writeUInt16LE(0x3000, 0x20e);
  kernel.write(`${version} (e2e) #1`, 0x3200, 'latin1');
  return kernel;
}

/** A disk of an old PC with so many partitions. */
function diskWith(partitions: number): Buffer {
  const disk = Buffer.alloc(1_000_000);
  for (let index = 0; index < partitions; index += 1) {
    const at = 446 + 16 * index;
    disk[at] = 0x80;
    disk[at + 4] = 0x83;
    disk.writeUInt32LE(1, at + 8);
    disk.writeUInt32LE(1000, at + 12);
  }
  disk.writeUInt16BE(0x55aa, 510);
  return disk;
}

async function drop(page: Page, files: Readonly<Record<string, Buffer>>): Promise<void> {
  const carried = Object.entries(files).map(([name, bytes]) => ({ name, base64: bytes.toString('base64') }));
  const dropped = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    return transfer;
  }, carried);
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
}

/** Contents of images that lie in the home, half ones included. */
function filesOf(home: string): string[] {
  return readdirSync(join(home, 'images'), { recursive: true, withFileTypes: true }).flatMap((each) => (each.isFile() ? [each.name] : []));
}
