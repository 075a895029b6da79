import { createRouterClient } from '@orpc/server';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import type { Run } from '../../../src-shared/model/run.ts';
import { composeHarness } from '../../compose.ts';
import type { Harness } from '../../harness.ts';
import { makeWheel } from '../environments/test-wheels.ts';
import { folderWith } from '../test-data/test-bench.ts';

const resources = join(import.meta.dirname, '../../../resources');
const cacheBefore = process.env['ATN_CACHE'];
const open: Harness[] = [];
const closeAll = async () => {
  for (const harness of open.splice(0)) await harness.close();
};
afterEach(closeAll);
afterAll(() => {
  if (cacheBefore === undefined) delete process.env['ATN_CACHE'];
  else process.env['ATN_CACHE'] = cacheBefore;
});

async function harness() {
  const made = await composeHarness({
    home: mkdtempSync(join(tmpdir(), 'atn-capsule-')),
    face: 'headless',
    appVersion: '1.2.3',
    resources,
  });
  open.push(made);
  return createRouterClient(made.router, { context: { caller: { user: 'ada', origin: 'cli' as const } } });
}
type Client = Awaited<ReturnType<typeof harness>>;

async function last<Item>(events: AsyncIterable<Item>): Promise<Item> {
  let newest: Item | undefined;
  for await (const event of events) newest = event;
  return newest ?? expect.fail('Nothing was said.');
}
async function ended(client: Client, id: string): Promise<Run> {
  return last(await client.runs.follow({ id }));
}
const imported = async (client: Client, path: string) => {
  const event = await last(await client.capsules.importPath({ path }));
  return event.type === 'done' ? event : expect.fail('It did not end.');
};

const SUITE = `*** Settings ***
Library    greetings
*** Test Cases ***
Greets
    Say Hello    \${WHO}
    Should Be Equal    \${WHO}    world
Knows The Secret
    Should Be True    len($PASSWORD.value) == 9
Fails
    Fail    always
`;

/** A home with a library that no index has, a condition with a secret, a plan, and an ended run of it. */
async function original(client: Client) {
  const wheel = await makeWheel({
    name: 'greetings',
    version: '1.0',
    files: { 'greetings.py': 'def say_hello(who):\n    print("hello", who)\n' },
  });
  const path = join(mkdtempSync(join(tmpdir(), 'atn-wheel-')), wheel.fileName);
  writeFileSync(path, wheel.bytes);
  const added = await last(await client.libraries.add({ from: 'path', path }));
  const libraryId = added.type === 'done' ? added.library.id : '';
  const data = await last(
    await client.testData.importPath({ path: folderWith({ 'hello.robot': SUITE, 'data/é.txt': 'x' }), name: 'Hello' }),
  );
  const testDataId = data.type === 'done' ? data.testData.id : '';
  const base = await client.conditions.create({ name: 'base', variables: [{ name: 'WHO', type: 'str', value: 'world' }] });
  const secret = { name: 'PASSWORD', type: 'secret' as const, secret: 'sesame-42' };
  const condition = await client.conditions.create({ name: 'lab', parentId: base.id, variables: [secret] });
  const plan = await client.plans.create({
    name: 'greet',
    testDataId,
    conditionId: condition.id,
    libraries: [{ libraryId, versionId: null }],
  });
  return ended(client, (await client.runs.start({ planId: plan.id })).id);
}

describe('a run capsule', () => {
  it('made on one home runs on a second, empty one without an index and gives the same verdicts', { timeout: 180_000 }, async () => {
    const first = await harness();
    const run = await original(first);
    expect(run, JSON.stringify(run.failure)).toMatchObject({ verdict: 'failed', counts: { passed: 2, failed: 1 } });
    const path = join(mkdtempSync(join(tmpdir(), 'atn-capsule-file-')), 'run.zip');
    const saved = await last(await first.capsules.export({ id: run.id, path, wheels: true }));
    expect(saved).toMatchObject({ type: 'done', path });
    await expect(last(await first.capsules.export({ id: run.id, path }))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(readFileSync(path).includes('sesame-42')).toBe(false);
    await closeAll();

    process.env['ATN_CACHE'] = mkdtempSync(join(tmpdir(), 'atn-empty-cache-'));
    const second = await harness();
    await second.system.updateSettings({ packageIndexUrl: 'http://127.0.0.1:9/simple' });
    const { runId, notes, content } = await imported(second, path);
    expect(content).toMatchObject({ runName: 'greet', plan: 'greet', condition: 'lab', wheels: true, secrets: ['PASSWORD'] });
    expect(notes.join(' ')).toContain('PASSWORD');
    const { run: listed } =
      (await second.runs.list({ planId: (await second.plans.list())[0]?.id ?? '' })).rows[0] ?? expect.fail('not listed');
    expect(listed).toMatchObject({
      id: run.id,
      verdict: 'failed',
      counts: run.counts,
      startedAt: run.startedAt,
      imported: { from: expect.any(String) as unknown },
    });
    expect((await second.record.failures({ id: runId, limit: 10 })).failures.map(({ test }) => test.name)).toEqual(['Fails']);
    expect((await second.reports.artefacts({ id: runId })).map(({ path: each }) => each)).toEqual([
      'console.txt',
      'log.html',
      'output.xml',
      'record.db',
      'report.html',
      'xunit.xml',
    ]);
    expect((await imported(second, path)).runId).toBe(runId);
    expect((await second.libraries.list()).map(({ name }) => name)).toEqual(['greetings']);

    await expect(second.runs.rerun({ id: runId })).rejects.toMatchObject({
      code: 'PREFLIGHT_FAILED',
      data: { reasons: [{ code: 'SECRET_MISSING', repair: { action: 'openCondition', variable: 'PASSWORD' } }] },
    });
    const [condition] = await second.conditions.list();
    const content2 = {
      name: 'lab',
      variables: (condition?.variables ?? []).map((each) => (each.type === 'secret' ? { ...each, secret: 'different' } : each)),
    };
    await second.conditions.update({ id: condition?.id ?? '', content: content2 });
    const again = await ended(second, (await second.runs.rerun({ id: runId })).id);
    expect(again, JSON.stringify(again.failure)).toMatchObject({ verdict: 'failed', counts: run.counts });
    expect(again.environment.lockHash).toBe(run.environment.lockHash);
    expect(again.environment.packages).toEqual(run.environment.packages);
    // The plan runs as well, under what it names here.
    const [plan] = await second.plans.list();
    expect(plan).toMatchObject({ name: 'greet', testDataName: 'Hello' });
    expect(await ended(second, (await second.runs.start({ planId: plan?.id ?? '' })).id)).toMatchObject({
      verdict: 'failed',
      counts: run.counts,
    });
  });

  it('that was changed is refused, naming the file, and leaves nothing', { timeout: 120_000 }, async () => {
    process.env['ATN_CACHE'] = cacheBefore ?? '';
    if (cacheBefore === undefined) delete process.env['ATN_CACHE'];
    const first = await harness();
    const data = await last(
      await first.testData.importPath({ path: folderWith({ 'a.robot': '*** Test Cases ***\nOne\n    No Operation\n' }), name: 'A' }),
    );
    const run = await ended(first, (await first.runs.start({ testDataId: data.type === 'done' ? data.testData.id : '' })).id);
    const folder = mkdtempSync(join(tmpdir(), 'atn-capsule-file-'));
    const path = join(folder, 'run.zip');
    await last(await first.capsules.export({ id: run.id, path }));
    await closeAll();
    const second = await harness();
    const refusal = async (name: string, change: Change) => {
      const changed = join(folder, name);
      await rewrite(path, changed, change);
      return imported(second, changed).then(
        () => 'taken',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
    };
    expect(await refusal('suite.zip', { 'data/a.robot': (text) => text.replace('No Operation', 'Fail') })).toContain('"data/a.robot"');
    expect(await refusal('record.zip', { 'report/output.xml': (text) => text.replaceAll('PASS', 'FAIL') })).toContain(
      '"report/output.xml"',
    );
    expect(await refusal('manifest.zip', { 'capsule.json': (text) => text.replace('"passed"', '"failed"') })).toContain('"capsule.json"');
    expect(await refusal('less.zip', { 'data/a.robot': () => null })).toContain('"data/a.robot" is missing');
    expect(await refusal('other.zip', { 'capsule.json': () => null })).toContain('no run capsule');
    copyFileSync(path, join(folder, 'cut.zip'));
    writeFileSync(join(folder, 'cut.zip'), readFileSync(path).subarray(0, 5000));
    await expect(imported(second, join(folder, 'cut.zip'))).rejects.toMatchObject({ code: 'ARCHIVE_REFUSED' });
    expect([await second.testData.list(), (await second.runs.list({})).total, await second.plans.list()]).toEqual([[], 0, []]);
    expect((await imported(second, path)).runId).toBe(run.id);
    expect((await second.testData.list())[0]?.suiteName).toBe((await second.runs.get({ id: run.id })).name === 'A' ? 'Data' : '');
  });
});

type Change = Record<string, (text: string) => string | null>;

/** The same zip with some members changed or left out; checksums of the zip itself are right. */
async function rewrite(from: string, to: string, change: Change): Promise<void> {
  const [source, target] = [await openPromise(from, { lazyEntries: true, autoClose: false }), new ZipFile()];
  for await (const entry of source.eachEntry()) {
    const bytes = await buffer(await source.openReadStreamPromise(entry));
    const changed = change[entry.fileName];
    const text = changed === undefined ? bytes : changed(bytes.toString('utf8'));
    if (text !== null) target.addBuffer(Buffer.from(text), entry.fileName);
  }
  source.close();
  target.end();
  writeFileSync(to, await buffer(target.outputStream));
}
