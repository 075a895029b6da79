import { closeSync, openSync, rmSync, ftruncateSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { Progress } from '../../../src-shared/model/system.ts';
import { bench, folderWith, refusalOf, SUITE } from './test-bench.ts';

const MB = 1024 ** 2;
const folder = folderWith({ 'a.robot': SUITE });
const here = bench();
here.services.clock = { now: () => Date.now() };
afterAll(() => {
  for (const place of [dirname(folder), here.home]) rmSync(place, { recursive: true, force: true });
});

/** A file with holes: it takes no room until it is kept. Each has bytes of its own. */
function large(name: string, size: number): void {
  const file = openSync(join(folder, name), 'w');
  ftruncateSync(file, size);
  writeSync(file, name, 0);
  closeSync(file);
}

it('1 GB of files goes through with a flat memory, tells how far it is, and can be given up in the middle', async () => {
  large('one.img', 600 * MB);
  for (let place = 0; place < 40; place += 1) large(`part-${place}.bin`, 10 * MB);
  const most = { before: memory(), peak: 0 };
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => {
    told.push(progress);
    most.peak = Math.max(most.peak, memory());
  };
  const abort = new AbortController();
  const given = here.import(folder, {
    signal: abort.signal,
    onProgress: (progress) => {
      if (progress.unit === 'bytes' && (progress.done ?? 0) > 100 * MB) abort.abort();
    },
  });
  expect((await refusalOf(given)).code).toBe('CANCELLED');
  expect(await here.contentFiles()).toBe(0);
  const { testData } = await here.import(folder, { onProgress });
  expect(testData.newest.size).toBe(1000 * MB + SUITE.length);
  const steps = told.filter(({ unit }) => unit === 'bytes');
  expect(steps.length).toBeGreaterThan(10);
  expect(steps.at(-1)).toMatchObject({ done: testData.newest.size, total: testData.newest.size });
  expect(most.peak - most.before).toBeLessThan(150 * MB);
}, 120_000);

function memory(): number {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}
