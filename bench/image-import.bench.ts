import { openContentStore } from '@atn/content-store';
import { execFileSync } from 'node:child_process';
import { randomFillSync } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Changes } from '../src-main/changes.ts';
import type { ImageServices } from '../src-main/services/images/image-services.ts';
import { importFile } from '../src-main/services/images/import-image.ts';
import { openStore } from '../src-main/store/open.ts';
import { figure, median, print, round } from './lib/figure.ts';

// Import of a 4 GB image (copy, hash, sync, description) against `cp` and `sha256sum` of the same file, in turns; and how long the process that
// imports is held up by it at most. A number on the command line takes another size, in units of 10^9 bytes.
const GB = 1e9;
const SIZE = Number(process.argv[2] ?? 4) * GB;
const PAIRS = 3;
const CHUNK = 8 * 1024 * 1024;
const folder = mkdtempSync(join(process.env.ATN_BENCH_DISK ?? tmpdir(), 'atn-bench-image-'));
try {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < SIZE * 2.5) throw new Error(`${folder} has too little room: set ATN_BENCH_DISK to a folder with more.`);
  const image = join(folder, 'image.iso');
  writeImage(image);
  execFileSync('sync');
  const ratios: number[] = [];
  const held: number[] = [];
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const plain = timePlain(image);
    const own = await timeImport(image, pair);
    ratios.push(own.took / plain);
    held.push(own.held);
    print(`cp and sha256sum ${round(plain)} ms, import ${round(own.took)} ms, held up ${round(own.held)} ms at most`);
  }
  figure(`import of ${SIZE / GB} GB against cp and sha256sum`, median(ratios), { atMost: 1.25, unit: 'x' });
  figure('longest hold-up of the importing process', median(held), { atMost: 50, unit: 'ms' });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function writeImage(path: string): void {
  const chunk = Buffer.alloc(CHUNK);
  const file = openSync(path, 'w');
  for (let at = 0; at < SIZE; at += CHUNK) writeSync(file, randomFillSync(chunk), 0, Math.min(CHUNK, SIZE - at));
  closeSync(file);
}

function timePlain(image: string): number {
  const copy = join(folder, 'copy.iso');
  const begin = performance.now();
  execFileSync('cp', [image, copy]);
  execFileSync('sha256sum', [copy]);
  const took = performance.now() - begin;
  rmSync(copy);
  execFileSync('sync');
  return took;
}

async function timeImport(image: string, pair: number): Promise<{ took: number; held: number }> {
  const home = join(folder, `home-${pair}`);
  mkdirSync(home);
  const store = openStore({ file: join(home, 'harness.db'), backups: home, now: Date.now() });
  const nothing = (): void => undefined;
  const services: ImageServices = {
    ...{ store: store.write, content: openContentStore(join(home, 'images')), changes: new Changes() },
    ...{ clock: { now: () => Date.now() }, log: { info: nothing, warn: nothing, error: nothing } },
    settings: () => ({ imageBudgetGb: 1000, imagesFromPrivateHosts: false }),
    freeBytes: () => Promise.resolve(null),
    plans: () => [],
  };
  let last = performance.now();
  let held = 0;
  const ticks = setInterval(() => {
    const now = performance.now();
    held = Math.max(held, now - last - 5);
    last = now;
  }, 5);
  const begin = performance.now();
  await importFile(services, { revision: '', category: '', path: image }, { caller: { user: 'bench', origin: 'cli' } });
  const took = performance.now() - begin;
  clearInterval(ticks);
  store.close();
  rmSync(home, { recursive: true });
  return { took, held };
}
