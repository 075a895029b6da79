import { copyFileSync, rmSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildAtn } from '../../e2e/lab/harness-process.ts';
import { ReportForm } from '../../src-shared/contract/harness/reports.ts';
import type { HubRun } from '../../src-shared/model/hub-runs.ts';
import type { RunSummary } from '../../src-shared/model/run.ts';
import type { Timeline } from '../../src-shared/model/timeline.ts';
import type { RunTriage } from '../../src-shared/model/triage.ts';
import { soon } from '../links/link-bench.ts';
import { drawBadge } from './draw-badge.ts';
import { LONG, Site } from './run-bench.ts';

beforeAll(() => buildAtn(), 300_000);

const leaving: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of leaving.splice(0).reverse()) await step();
});

const SUITE = `*** Test Cases ***
Quick
    Log    hello from afar    console=yes
Wrong
    Fail    Fan 4 turns at 1080 rpm
Long
    Log    begun    console=yes
    Sleep    120
Steady
    FOR    \${number}    IN RANGE    60
        Log    tick \${number}.    console=yes
        Sleep    0.2
    END
`;

const opened = async () => {
  const site = new Site();
  leaving.push(() => site.close());
  await site.open();
  return site;
};

describe('a run from afar', () => {
  it('is asked, refused with its reason, run, watched, stopped, repeated, and kept without its lab', { timeout: 400_000 }, async () => {
    const site = await opened();
    await expect(site.upload({ 'read.me': 'no suites' })).rejects.toThrow('400');
    await expect(site.upload({ 'fans.robot': SUITE }, { sha256: '0'.repeat(64) })).rejects.toThrow('409');
    const data = await site.upload({ 'fans.robot': SUITE });
    expect(await site.ask('GET', '/test-data')).toMatchObject([
      { id: data, name: 'Fans', person: 'ada', suites: [{ path: 'fans.robot', cases: ['Quick', 'Wrong', 'Long', 'Steady'] }] },
    ]);
    const early = await site.begin(data, ['*.Quick']);
    const refused = await site.reaches(early, { told: 'refused', verdict: 'error' });
    expect(refused.failure?.message).toContain('does not let remote people run suites');
    await site.lab.atn('hub', 'allow-runs');

    const missing = await site.begin(data, ['*.Nothing Like That']);
    expect((await site.reaches(missing, { told: 'refused' })).refusal?.code).toBe('PREFLIGHT_FAILED');

    const first = await site.begin(data, ['*.Quick', '*.Wrong']);
    const done = await site.published(first);
    expect(done).toMatchObject({ verdict: 'failed', counts: { passed: 1, failed: 1 }, startedBy: 'ada', suts: ['a'] });

    const long = await site.begin(data, ['*.Long']);
    await site.reaches(long, { state: 'executing' });
    await soon(async () => expect(await site.tree(long)).toContain('Sleep running'), LONG);
    await soon(async () => {
      const { text } = await site.ask<{ text: string }>('GET', `/runs/${long}/console`);
      expect(text).toContain('begun');
    }, LONG);
    const local = await site.lab.atn<RunSummary[]>('runs');
    expect(local.some(({ startedBy, state }) => startedBy.startsWith('ada @ 127.0.0.1') && state === 'executing')).toBe(true);
    await site.ask('POST', `/runs/${long}/stop`, {});
    expect(await site.published(long)).toMatchObject({ verdict: 'stopped', counts: { notRun: 0, failed: 1 } });

    const again = await site.ask<HubRun>('POST', `/runs/${first}/rerun`, { failedOnly: true });
    expect(await site.published(again.id)).toMatchObject({ verdict: 'failed', rerunOf: first, counts: { passed: 0, failed: 1 } });

    await site.lab.kill();
    expect(await site.tree(first)).toEqual(expect.arrayContaining(['Quick passed', 'Wrong failed', 'Fail failed']));
    const files = await site.ask<{ path: string }[]>('GET', `/runs/${first}/artefacts`);
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['output.xml', 'log.html', 'report.html', 'record.db', 'console.txt']),
    );
    const { url } = await site.ask<{ url: string }>('POST', `/runs/${first}/address`, { path: 'output.xml' });
    const output = await fetch(url);
    expect(await output.text()).toContain('Fan 4 turns at 1080 rpm');
    expect(output.headers.get('content-security-policy')).toContain('sandbox');
    expect((await fetch(url.replace(/reports\/.{10}/u, 'reports/0123456789'))).status).toBe(404);
    await canBeExported(site, first);
    await canBeNoted(site, first);
    await canBeWorn(site);
    const timeline = await site.ask<Timeline>('GET', `/runs/${first}/timeline`);
    expect(timeline.to).toBeGreaterThan(timeline.from);
    expect(timeline.machines.map(({ sutName }) => sutName)).toEqual(['a']);
  });

  it(
    'loses nothing and doubles nothing when hub and harness are ended meanwhile, and comes to a true end',
    { timeout: 400_000 },
    async () => {
      const site = await opened();
      await site.lab.atn('hub', 'allow-runs');
      const data = await site.upload({ 'fans.robot': SUITE });
      const steady = await site.begin(data, ['*.Steady']);
      await site.says(steady, 'tick 5.');
      await site.hub.close();
      await site.start();
      await site.says(steady, 'tick 15.');
      await site.lab.kill();
      const dropped = await site.begin(data, ['*.Quick']);
      await site.ask('POST', `/runs/${dropped}/stop`, {});
      await site.lab.start();
      expect((await site.reaches(dropped, { told: 'refused' })).refusal?.code).toBe('CANCELLED');
      await site.says(steady, 'tick 45.');
      const live = await site.ticks(steady);
      expect(live.length).toBeGreaterThan(40);
      expect(live).toEqual(live.map((_, index) => `tick ${index}.`));
      expect(await site.published(steady)).toMatchObject({ verdict: 'passed', counts: { passed: 1, failed: 0 } });
      expect(await site.ticks(steady)).toEqual(Array.from({ length: 60 }, (_, index) => `tick ${index}.`));
      expect(await site.lab.atn<RunSummary[]>('runs')).toHaveLength(1);

      const long = await site.begin(data, ['*.Long']);
      await site.says(long, 'begun');
      await site.lab.atn('hub', 'end-remote');
      expect(await site.published(long)).toMatchObject({ verdict: 'stopped' });
      const late = await site.tester.call('POST', `/runs/${long}/rerun`, {});
      expect([late.status, late.body.code]).toEqual([409, 'NOT_RESERVED']);
    },
  );

  it(
    'is told and brought once more to a hub that was restored from a backup, and is stopped by its owner or an operator only',
    { timeout: 400_000 },
    async () => {
      const site = await opened();
      await site.lab.atn('hub', 'allow-runs');
      const data = await site.upload({ 'fans.robot': SUITE });
      await site.hub.close();
      copyFileSync(site.file, `${site.file}.backup`);
      await site.start();
      const quick = await site.begin(data, ['*.Quick']);
      const before = await site.published(quick);
      await site.hub.close();
      for (const ending of ['-wal', '-shm']) rmSync(`${site.file}${ending}`, { force: true });
      copyFileSync(`${site.file}.backup`, site.file);
      await site.start();
      await soon(async () => expect(await site.ask<HubRun[]>('GET', '/runs')).toHaveLength(1), LONG);
      const after = await site.published(quick);
      expect({ ...after, publishedAt: 0, askedAt: 0, heardAt: 0 }).toEqual({ ...before, publishedAt: 0, askedAt: 0, heardAt: 0 });
      expect(await site.tree(quick)).toEqual(expect.arrayContaining(['Quick passed']));
      expect(await site.lab.atn<RunSummary[]>('runs')).toHaveLength(1);

      const other = await site.newcomer('tester', 'bob');
      const long = await site.begin(data, ['*.Long']);
      await site.says(long, 'begun');
      expect((await other.call('POST', `/runs/${long}/stop`, {})).body.code).toBe('FORBIDDEN');
      expect((await other.call('POST', `/runs/${long}/rerun`, {})).body.code).toBe('NOT_RESERVED');
      const operator = await site.newcomer('operator', 'olga');
      expect((await operator.call('DELETE', `/runs/${long}`)).body.code).toBe('CONFLICT');
      expect((await operator.call('POST', `/runs/${long}/stop`, {})).status).toBe(200);
      await site.published(long);
      expect((await operator.call('DELETE', `/runs/${long}`)).status).toBe(200);
      expect((await other.call('GET', `/runs/${long}`)).status).toBe(404);
    },
  );

  it('does not begin after a start of the harness before the hub has heard of it', { timeout: 400_000 }, async () => {
    const site = await opened();
    await site.lab.atn('hub', 'allow-runs');
    const data = await site.upload({ 'fans.robot': SUITE });
    const long = await site.begin(data, ['*.Long']);
    await site.says(long, 'begun');
    const queued = await site.begin(data, ['*.Quick']);
    await site.reaches(queued, { told: 'queued' });
    await site.lab.kill();
    await site.hub.close();
    await site.lab.start();
    const stateOf = async (wanted: (run: RunSummary) => boolean) => (await site.lab.atn<RunSummary[]>('runs')).find(wanted)?.state;
    await site.lab.atn('stop', (await site.lab.atn<RunSummary[]>('runs')).find(({ state }) => state === 'executing')?.id ?? '');
    await soon(async () => expect(await stateOf(({ verdict }) => verdict === 'stopped')).toBe('ended'), LONG);
    expect(await stateOf(({ verdict }) => verdict === null)).toBe('queued');
    await site.start();
    await site.lab.atn('hub', 'retry');
    expect(await site.published(queued)).toMatchObject({ verdict: 'passed' });
    expect(await site.published(long)).toMatchObject({ verdict: 'stopped' });
  });
});

/** In every form, without the lab that ran it. */
async function canBeExported(site: Site, id: string): Promise<void> {
  const exported = async (form: ReportForm) => {
    const { url, fileName } = await site.ask<{ url: string; fileName: string }>('POST', `/runs/${id}/export`, { form });
    const answer = await fetch(url);
    expect(answer.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent(fileName)}`);
    return { url, bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  for (const form of ReportForm.options) {
    const { bytes } = await exported(form);
    if (form.endsWith('zip')) expect(bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
    else expect(bytes.toString()).toContain('Fan 4 turns at 1080 rpm');
  }
  expect((await exported('xunit.xml')).bytes.toString()).toMatch(/tests="2"[^>]* failures="1"/u);
  const { url } = await exported('zip');
  expect((await fetch(url.replace(/exports\/.{10}/u, 'exports/0123456789'))).status).toBe(404);
}

/** By people of the hub; what another wrote only an operator takes away. */
/** By anybody who has the address, without signing in, until it is withdrawn. */
async function canBeWorn(site: Site): Promise<void> {
  const [newest] = (await site.ask<HubRun[]>('GET', '/runs')).filter(({ told }) => told === 'ended');
  const { id = '', name = '', counts = null } = newest ?? {};
  const { badge, image, latest } = await site.ask<{ badge: { id: string }; image: string; latest: string }>('POST', '/badges', { name });
  const shown = await fetch(image);
  expect(shown.headers.get('content-type')).toContain('image/svg+xml');
  expect(shown.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  expect(await shown.text()).toContain(drawBadge({ name, verdict: newest?.verdict ?? null, counts }));
  const led = await fetch(latest, { redirect: 'manual' });
  expect([led.status, led.headers.get('location')]).toEqual([302, `/runs/${id}`]);
  const other = await site.newcomer('tester', 'may');
  expect(JSON.stringify((await other.call('GET', '/badges')).body)).not.toContain(/badges\/([\w-]+)/u.exec(image)?.[1]);
  expect((await other.call('DELETE', `/badges/${badge.id}`)).body.code).toBe('FORBIDDEN');
  await site.ask('DELETE', `/badges/${badge.id}`);
  expect((await fetch(image)).status).toBe(404);
  expect((await fetch(latest, { redirect: 'manual' })).status).toBe(404);
}

async function canBeNoted(site: Site, id: string): Promise<void> {
  const { marks } = await site.ask<RunTriage>('POST', '/triage/marks', { runId: id, kind: 'comment', text: 'The fan again' });
  expect(marks).toMatchObject([{ kind: 'comment', text: 'The fan again', by: 'ada' }]);
  const mark = marks[0]?.id ?? '';
  const other = await site.newcomer('tester', 'eve');
  expect((await other.call('GET', `/runs/${id}/triage`)).body).toMatchObject({ marks: [{ text: 'The fan again' }] });
  expect((await other.call('DELETE', `/triage/marks/${mark}`)).body.code).toBe('FORBIDDEN');
  await site.ask('DELETE', `/triage/marks/${mark}`);
  expect((await site.ask<RunTriage>('GET', `/runs/${id}/triage`)).marks).toEqual([]);
}
