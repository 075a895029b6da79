import { createRouterClient } from '@orpc/server';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SystemStatus } from '../src-shared/model/system.ts';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';

const resources = join(import.meta.dirname, '../resources');
const open: Harness[] = [];
afterEach(async () => {
  for (const harness of open.splice(0)) await harness.close();
});

async function harnessOn(home = mkdtempSync(join(tmpdir(), 'atn-harness-'))) {
  const harness = await composeHarness({ home, face: 'headless', appVersion: '1.2.3', resources });
  open.push(harness);
  const client = createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });
  return { home, harness, client };
}

describe('a composed harness', () => {
  it('serves a fresh home: empty, then with the sample, its suites, and a doctor that finds everything', async () => {
    const { client } = await harnessOn();
    expect(await client.system.info()).toMatchObject({ user: 'ada', face: 'headless', appVersion: '1.2.3', empty: true });
    const watching = await client.testData.watch();
    expect((await watching.next()).value).toEqual([]);
    const sample = await client.testData.importSample();
    expect(sample).toMatchObject({ name: 'Sample', suiteName: 'Sample', newest: { author: 'ada', counts: { errors: 0 } } });
    expect((await watching.next()).value).toMatchObject([{ name: 'Sample' }]);
    await watching.return();
    const found = await client.testData.discover({ revision: sample.newest.hash });
    expect(found.cached).toBe(true);
    expect(sample.newest.counts?.cases).toBeGreaterThan(10);
    expect(found.root.suites.length).toBe(sample.newest.counts?.suites);
    const checks = await client.system.doctor();
    expect(checks.map(({ number }) => number)).toEqual(checks.map((_, index) => index + 1));
    expect(checks.length).toBeGreaterThanOrEqual(12);
    expect(checks.filter(({ outcome }) => outcome === 'broken')).toEqual([]);
    expect((await client.system.info()).empty).toBe(false);
  });
  it('imports with progress, refuses with a sentence, and takes uploads', async () => {
    const { client } = await harnessOn();
    const types: string[] = [];
    for await (const event of await client.testData.importPath({ path: join(resources, 'demo', 'demo-suites'), name: 'Demo' }))
      types.push(event.type);
    expect([types[0], types.at(-1)]).toEqual(['progress', 'done']);
    const refused = await client.testData.importPath({ path: '/nowhere' });
    await expect(drain(refused)).rejects.toMatchObject({ code: 'BAD_REQUEST', status: 400 });
    const file = new File(['*** Test Cases ***\nOne\n    Log    1\n'], 'Üpload.robot');
    expect(await client.testData.importUpload({ file })).toMatchObject({
      unchanged: false,
      warnings: [],
      testData: { name: 'Üpload', newest: { source: { kind: 'file', place: 'Üpload.robot' }, counts: { cases: 1 } } },
    });
    const [uploaded] = (await client.testData.list()).filter(({ name }) => name === 'Üpload');
    expect(await client.testData.remove({ id: uploaded?.id ?? '' })).toEqual({ removed: true });
  });
  it('tells SUTs and status as they change, and never a secret', async () => {
    const { client, home, harness } = await harnessOn();
    const statuses = await client.system.watchStatus();
    expect((await statuses.next()).value).toMatchObject({ suts: 0, queued: 0, queuePaused: false });
    const suts = await client.suts.watch();
    expect((await suts.next()).value).toEqual({ type: 'snapshot', seq: 0, suts: [] });
    const sut = await client.suts.create({
      name: 'rack-1',
      information: [{ key: 'password', kind: 'secret', value: null, secret: 'hunter2' }],
    });
    expect((await suts.next()).value).toMatchObject({ type: 'changed', seq: 1, suts: [sut], removed: [] });
    let status: SystemStatus | undefined;
    while (status?.suts !== 1) status = await nextOf(statuses);
    expect(await client.system.pauseQueue({ paused: true })).toMatchObject({ queuePaused: true });
    await client.suts.remove({ id: sut.id });
    expect((await suts.next()).value).toMatchObject({ type: 'changed', suts: [], removed: [sut.id] });
    expect(JSON.stringify(sut)).not.toContain('hunter2');
    await Promise.all([suts.return(), statuses.return()]);
    await harness.close();
    for (const file of ['harness.db', join('logs', 'harness.log')]) expect(readFileSync(join(home, file)).includes('hunter2')).toBe(false);
  });
  it('runs what was imported, live, and keeps what came of it', async () => {
    const { client } = await harnessOn();
    const sample = await client.testData.importSample();
    const started = await client.runs.start({ testDataId: sample.id, name: 'First' });
    const following = await client.runs.follow({ id: started.id });
    let run = started;
    for await (const seen of following) run = seen;
    expect(run).toMatchObject({ state: 'ended', verdict: 'failed', failure: null, counts: { failed: 1, notRun: 0 } });
    expect(run.counts.passed + run.counts.failed + run.counts.skipped).toBe(sample.newest.counts?.cases);
    expect(await client.runs.list({ text: 'First' })).toMatchObject({ total: 1, rows: [{ run: { id: run.id, verdict: 'failed' } }] });
    const { items } = await client.record.children({ id: run.id });
    expect(items).toMatchObject([{ kind: 'suite', status: 'failed' }]);
    const { failures } = await client.record.failures({ id: run.id });
    expect(failures).toHaveLength(1);
    const paths = (await client.reports.artefacts({ id: run.id })).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['output.xml', 'log.html', 'report.html', 'record.db', 'console.txt']));
    const { url } = await client.reports.export({ id: run.id, form: 'zip' });
    expect((await fetch(url)).status).toBe(200);
    await client.runs.remove({ id: run.id });
    expect((await client.runs.list({})).all).toBe(0);
    await expect(client.runs.get({ id: run.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  it('is one for a home, and comes back with what it knew', async () => {
    const first = await harnessOn();
    await first.client.suts.create({ name: 'rack-1' });
    await first.client.system.updateSettings({ workers: 3 });
    await expect(harnessOn(first.home)).rejects.toMatchObject({ code: 'HOME_IN_USE' });
    await first.harness.announce({ url: 'http://127.0.0.1:1', ownerToken: 'abc' });
    expect(existsSync(join(first.home, 'owner.token'))).toBe(true);
    await first.harness.close();
    expect(existsSync(join(first.home, 'owner.token'))).toBe(false);
    const again = await harnessOn(first.home);
    expect(await again.client.suts.list()).toMatchObject([{ name: 'rack-1', maintainedBy: 'ada' }]);
    expect((await again.client.system.settings()).workers).toBe(3);
  });
});

/** The next item of a feed that goes on. */
async function nextOf<T>(feed: AsyncIterator<T, unknown, unknown>): Promise<T> {
  const { done, value } = await feed.next();
  if (done === true) throw new Error('The feed is over.');
  return value;
}

async function drain(feed: AsyncIterable<unknown>): Promise<void> {
  const events = feed[Symbol.asyncIterator]();
  while ((await events.next()).done !== true);
}
