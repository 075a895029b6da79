import { closeWriter, createRecord, openRecord, putItems, putMessages, closeRecord } from '@atn/run-record';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { z } from 'zod';
import { readCsv } from '../../../src-shared/text/csv.ts';
import { runRebot } from '../../robot/rebot.ts';
import { createEnvironments } from '../environments/default-environment.ts';
import { recordCopier } from './copy-record.ts';
import { exampleFacts } from './example-facts.ts';
import { formWriter } from './record-forms.ts';
import { ReportService } from './report-service.ts';

// Exports of what real Robot wrote, read back by other tools.
const PICTURE = randomBytes(300_000);
const home = mkdtempSync(join(tmpdir(), 'atn-exports-'));
let python = '';
const service = new ReportService({
  findRun: (id) => ({
    id,
    name: 'Real',
    at: 0,
    directory: join(home, id),
    ended: true,
    source: { record: join(home, id, 'record.db'), timeline: join(home, id, 'timeline.json'), facts: exampleFacts },
  }),
  cache: join(home, 'cache'),
  rebot: (job) => runRebot({ python, ...job }),
  copyRecord: recordCopier(join(home, 'scratch'), { nativeBinding: null }),
  writeForm: formWriter(join(home, 'scratch'), { nativeBinding: null }),
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
  it('make tables, a page and Allure results of the record, in which foreign text stays text', async () => {
    mkdirSync(join(home, 'forms'));
    writeForeignRecord(join(home, 'forms', 'record.db'));
    const save = async (form: 'results.csv' | 'results.json' | 'page.html' | 'allure.zip') => {
      const path = join(home, `forms-${form}`);
      await service.save('forms', form, { path, overwrite: false });
      return path;
    };
    const csv = readCsv(readFileSync(await save('results.csv'), 'utf8')).rows.map(({ cells }) => cells);
    expect(csv[1]).toEqual(['Nightly <b>', 'Root.Sub', '=1+1', 'failed', '2026-11-22T19:05:10.000Z', '1.500', 'smoke', FOREIGN]);
    expect(readFileSync(join(home, 'forms-results.csv'), 'utf8')).toContain("'=1+1");
    const json = JSON.parse(readFileSync(await save('results.json'), 'utf8')) as { tests: unknown[] };
    expect(json).toMatchObject({ schema: 1, run: { name: 'Nightly <b>', verdict: 'failed' } });
    expect(json.tests).toMatchObject([{ name: '=1+1', message: FOREIGN, elapsedMs: 1500 }, { status: 'passed' }]);
    const page = readFileSync(await save('page.html'), 'utf8');
    expect(page).toContain("default-src 'none'");
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('Deep Keyword');
    expect(page).not.toMatch(/<(?:script|img|link|iframe|a )/u);
    const allure = await filesIn(await save('allure.zip'));
    const results = [...allure]
      .filter(([name]) => name.endsWith('-result.json'))
      .map(([, text]) => AllureResult.parse(JSON.parse(text.toString())));
    expect(results.find(({ status }) => status === 'failed')).toMatchObject({
      name: '=1+1',
      fullName: 'Root.Sub.=1+1',
      stop: Date.UTC(2026, 10, 22, 19, 5, 11, 500),
    });
    expect(results).toHaveLength(2);
    expect(readdirSync(join(home, 'scratch'))).toEqual([]);
    await expect(service.save('none', 'page.html', { path: join(home, 'no.html'), overwrite: false })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
  it('show on the page what machines did and said on one axis with the tests, each mark leading to its line, all of it text', async () => {
    mkdirSync(join(home, 'machines'));
    writeForeignRecord(join(home, 'machines', 'record.db'));
    const at = Date.UTC(2026, 10, 22, 19, 5, 10);
    const hot = { id: 't', name: 'Inlet', kind: 'temperature', unit: 'C', lower: null, upper: 40 };
    const machine = {
      ...{ sutId: 'id-1', sutName: 'rack-1', consoleCut: false },
      console: [
        { at: at + 100, line: FOREIGN },
        { at: at - 5000, line: 'before the run' },
      ],
      events: [{ at: at + 200, who: 'ada', what: 'power on', outcome: 'failed', message: 'it </svg> refused' }],
      log: [{ id: '1', at: at + 300, source: 'PSU', message: 'input lost', severity: 'critical', asserted: true }, 'no entry'],
      sensors: [
        {
          ...hot,
          points: [
            [at, 30],
            [at + 400, 45],
            ['x', 1],
          ],
        },
      ],
    };
    const keep = (machines: unknown[]) =>
      writeFileSync(join(home, 'machines', 'timeline.json'), JSON.stringify({ from: at, to: at + 2000, machines }));
    const save = async (name: string) => {
      const path = join(home, name);
      await service.save('machines', 'page.html', { path, overwrite: false });
      return readFileSync(path, 'utf8');
    };
    keep([machine]);
    const page = await save('machines-1.html');
    const said = [...page.matchAll(/<tr id="m\d+"><td>.*?<\/td><td>(.*?)<\/td><td class="(\w+)">(.*?)<\/td>/gsu)].map(
      ([, ...cells]) => cells,
    );
    expect(said.slice(0, 2).map(([lane]) => lane)).toEqual(['Test', 'Keyword']);
    expect(said).toEqual(
      expect.arrayContaining([
        ['rack-1 console', 'mark', 'broken &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;'],
        ['rack-1 deed', 'failed', 'power on, by ada: it &lt;/svg&gt; refused'],
        ['rack-1 event log', 'failed', 'PSU: input lost'],
        ['rack-1 reading', 'failed', 'Inlet: 45 C, beyond its limit'],
      ]),
    );
    expect(page).not.toContain('before the run');
    const led = [...page.matchAll(/href="([^"]*)"/gu)].map(([, to = '']) => to);
    expect(led.filter((to) => !to.startsWith('#') || !page.includes(`id="${to.slice(1)}"`))).toEqual([]);
    expect(new Set(led).size).toBe(said.length + 1);
    expect(page).toContain('<polyline');
    expect(page).not.toMatch(/<(?:script|img|link|iframe)|https?:/u);

    const lines = Array.from({ length: 50_000 }, (_each, index) => ({ at: at + index / 100, line: `<${index}>`.padEnd(3000, '<') }));
    keep(
      Array.from({ length: 40 }, (_each, index) => ({ ...machine, sutName: `rack-${index}`, console: lines.slice(0, 1000), events: [] })),
    );
    const many = await save('machines-2.html');
    expect(many.length).toBeLessThan(20_000_000);
    expect(many).toContain('8 further machines');
    expect(many).toContain('the oldest lines of the console of rack-0');

    rmSync(join(home, 'machines', 'record.db'));
    keep([machine]);
    const untested = await save('machines-3.html');
    expect(untested).toContain('input lost');
    expect(untested).not.toContain('<h2>Tests</h2>');
    writeFileSync(join(home, 'machines', 'timeline.json'), '{"from":1e99}');
    writeForeignRecord(join(home, 'machines', 'record.db'));
    expect(await save('machines-4.html')).not.toContain('id="timeline"');
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

const FOREIGN = 'broken <script>alert(1)</script> & "more"';

function writeForeignRecord(file: string): void {
  const writer = createRecord(file);
  const at = { startedAt: Date.UTC(2026, 10, 22, 19, 5, 10), elapsedMicroseconds: 1_500_000 };
  putItems(writer, [
    { id: 1, parent: null, kind: 'suite', name: 'Root', tests: 2, status: 'failed', ...at },
    { id: 2, parent: 1, kind: 'suite', name: 'Sub', tests: 2, status: 'failed', ...at },
    { id: 3, parent: 2, kind: 'test', name: '=1+1', status: 'failed', message: FOREIGN, tags: ['smoke'], ...at },
    {
      id: 4,
      parent: 3,
      kind: 'keyword',
      name: 'Deep Keyword',
      status: 'failed',
      message: FOREIGN,
      arguments: ['<img src=x onerror=1>'],
      ...at,
    },
    { id: 5, parent: 2, kind: 'test', name: 'Fine', status: 'passed', ...at },
  ]);
  putMessages(writer, [{ item: 4, text: '<img src=x>', level: 'info', html: true }]);
  closeWriter(writer);
}

/** The parts of Allure's published result format that every reader of it needs. */
const AllureStatus = z.enum(['failed', 'broken', 'passed', 'skipped', 'unknown']);
const AllureStep = z.object({
  name: z.string(),
  status: AllureStatus,
  stage: z.enum(['scheduled', 'running', 'finished', 'pending', 'interrupted']),
  start: z.number().int(),
  stop: z.number().int(),
  get steps() {
    return z.array(AllureStep);
  },
});
const AllureResult = z.strictObject({
  ...AllureStep.shape,
  uuid: z.uuid(),
  historyId: z.string(),
  testCaseId: z.string(),
  fullName: z.string(),
  statusDetails: z.object({ message: z.string() }).optional(),
  labels: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  links: z.array(z.strictObject({ name: z.string(), url: z.string() })),
  parameters: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  attachments: z.array(z.strictObject({ name: z.string(), source: z.string(), type: z.string() })),
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
