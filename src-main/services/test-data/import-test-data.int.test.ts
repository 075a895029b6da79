import { openContentStore, usage } from '@atn/content-store';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listTestData } from '../../store/test-data.ts';
import { importTestData } from './import-test-data.ts';
import { bench, folderWith, refusalOf, SUITE } from './test-bench.ts';

describe('nothing half is kept', () => {
  it('when the disk is full', async (context) => {
    const place = mkdtempSync(join(tmpdir(), 'atn-full-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', place], { stdio: 'ignore' });
    } catch {
      return context.skip('a small disk can only be mounted by root');
    }
    try {
      const here = bench();
      const content = openContentStore(join(place, 'content'));
      const services = { ...here.services, content };
      const folder = folderWith({ 'a.robot': SUITE, 'big.bin': Buffer.alloc(1_000_000, 7) });
      const request = {
        path: folder,
        caller: { user: 'ada', origin: 'cli' as const },
        signal: new AbortController().signal,
        onProgress: () => undefined,
      };
      expect(await refusalOf(importTestData(services, request))).toMatchObject({
        code: 'DISK_FULL',
        message: expect.stringMatching(/Free some space/u) as unknown,
      });
      expect([listTestData(services.store), (await usage(content)).files]).toEqual([[], 0]);
    } finally {
      execFileSync('umount', [place]);
    }
  });
});

describe('speed', () => {
  it('imports 10,000 files in seconds, and again in less', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atn-many-'));
    for (let place = 0; place < 10_000; place += 1) {
      if (place % 100 === 0) mkdirSync(join(folder, `d${place / 100}`));
      writeFileSync(join(folder, `d${Math.floor(place / 100)}`, `s${place}.robot`), `${SUITE}# ${place}\n`);
    }
    const here = bench();
    const begin = performance.now();
    const { testData } = await here.import(folder, { name: 'Many' });
    const first = performance.now() - begin;
    await here.import(folder, { name: 'Many' });
    const second = performance.now() - begin - first;
    console.info(`10,000 files: first ${Math.round(first)} ms, again ${Math.round(second)} ms`);
    expect(testData.newest.fileCount).toBe(10_000);
    expect(second).toBeLessThan(first);
    expect(await here.contentFiles()).toBe(10_001);
  }, 120_000);
});
