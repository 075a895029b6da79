import { closeWriter, createRecord, openRecord, putItems, closeRecord } from '@atn/run-record';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { runRebot } from '../../robot/rebot.ts';
import { createEnvironments } from '../environments/default-environment.ts';
import { recordCopier } from './copy-record.ts';
import { ReportService } from './report-service.ts';

// Exports of what real Robot wrote, read back by other tools.
const PICTURE = randomBytes(300_000);
const home = mkdtempSync(join(tmpdir(), 'atn-exports-'));
let python = '';
const service = new ReportService({
  findRun: (id) => ({ id, name: 'Real', at: 0, directory: join(home, id), ended: true }),
  cache: join(home, 'cache'),
  rebot: (job) => runRebot({ python, ...job }),
  copyRecord: recordCopier(join(home, 'scratch'), { nativeBinding: null }),
});

beforeAll(async () => {
  const scripts = join(import.meta.dirname, '../../../resources/robot');
  const environments = createEnvironments({ scripts, clock: { now: () => Date.now() }, pythonPath: () => null, onFound: () => undefined });
  ({ python } = await environments.ensureDefault());
  writeFileSync(join(home, 'real.robot'), '*** Test Cases ***\nGood\n    Log    fine\nBad ü\n    Fail    broken on purpose\n');
  execFileSync(python, [
    '-m',
    'robot',
    '--nostatusrc',
    '--console',
    'none',
    '--log',
    'NONE',
    '--report',
    'NONE',
    '--outputdir',
    join(home, 'real'),
    join(home, 'real.robot'),
  ]);
});
afterAll(async () => {
  await service.close();
  rmSync(home, { recursive: true });
});

async function filesIn(zip: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const opened = await yauzl.openPromise(zip);
  for await (const entry of opened.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await opened.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

describe('exports', () => {
  it.each([
    ['xunit.xml', 'broken on purpose'],
    ['log.html', '"minLevel":'],
    ['report.html', 'testDetailsTableTemplate'],
  ] as const)('make %s out of output.xml', async (form, text) => {
    const path = join(home, `saved-${form}`);
    await service.save('real', form, { path, overwrite: false });
    expect(readFileSync(path, 'utf8')).toContain(text);
    expect(readdirSync(join(home, 'real'))).toEqual(['output.xml']);
  });
  it('say what is wrong with a result file that was cut', async () => {
    mkdirSync(join(home, 'cut'));
    writeFileSync(join(home, 'cut', 'output.xml'), readFileSync(join(home, 'real', 'output.xml')).subarray(0, 200));
    await expect(service.save('cut', 'log.html', { path: join(home, 'cut.html'), overwrite: false })).rejects.toMatchObject({
      code: 'ROBOT_DATA',
    });
    await expect(service.save('none', 'log.html', { path: join(home, 'none.html'), overwrite: false })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
  it('zip everything, a record that is being written as one whole file', async () => {
    mkdirSync(join(home, 'zipped', 'shots ü'), { recursive: true });
    writeFileSync(join(home, 'zipped', 'shots ü', 'a.png'), PICTURE);
    writeFileSync(join(home, 'zipped', 'empty.txt'), '');
    const writer = createRecord(join(home, 'zipped', 'record.db'));
    putItems(writer, [{ id: 1, parent: null, kind: 'suite', name: 'Kept in the zip', tests: 0 }]);
    const path = join(home, 'all.zip');
    const { size } = await service.save('zipped', 'zip', { path, overwrite: false });
    closeWriter(writer);
    expect(size).toBeGreaterThan(300_000);
    const files = await filesIn(path);
    expect([...files.keys()]).toEqual(['empty.txt', 'record.db', 'shots ü/a.png']);
    expect(files.get('shots ü/a.png')?.equals(PICTURE)).toBe(true);
    writeFileSync(join(home, 'back.db'), files.get('record.db') ?? '');
    const record = openRecord(join(home, 'back.db'));
    expect(record.database.prepare('SELECT name FROM item').pluck().all()).toEqual(['Kept in the zip']);
    closeRecord(record);
    expect(readdirSync(join(home, 'scratch'))).toEqual([]);
  });
  it('zip hundreds of megabytes without holding it, and let go of everything when the reader leaves', async () => {
    mkdirSync(join(home, 'big'));
    execFileSync('truncate', ['-s', '400M', join(home, 'big', 'console.txt')]);
    const { url } = await service.export('big', 'zip');
    const before = process.memoryUsage().rss;
    const response = await fetch(url);
    let read = 0;
    let most = 0;
    for await (const chunk of response.body ?? []) {
      read += (chunk as Uint8Array).length;
      most = Math.max(most, process.memoryUsage().rss - before);
    }
    expect(read).toBeGreaterThan(300_000);
    expect(most).toBeLessThan(150_000_000);
    const abort = new AbortController();
    const left = await fetch(url, { signal: abort.signal });
    await left.body?.getReader().read();
    abort.abort();
    await expect.poll(() => openFiles().filter((file) => file.startsWith(join(home, 'big'))), { timeout: 5000 }).toEqual([]);
  });
  it.skipIf(process.getuid?.() !== 0)('leave nothing half on a full disk', async () => {
    const small = join(home, 'small');
    mkdirSync(small);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
    try {
      const saved = service.save('zipped', 'zip', { path: join(small, 'all.zip'), overwrite: false });
      await expect(saved).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining(small) as string });
      expect(readdirSync(small)).toEqual([]);
    } finally {
      execFileSync('umount', [small]);
    }
  });
});

/** Files that this process holds open; Linux tells. */
function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((number) => {
    try {
      return [readlinkSync(join('/proc/self/fd', number))];
    } catch {
      return [];
    }
  });
}
