import { createRouterClient } from '@orpc/server';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { composeHarness } from './compose.ts';
import type { Harness } from './harness.ts';
import { openStore } from './store/open.ts';
import { createEnvironments } from './services/environments/default-environment.ts';

// What real Robot wrote somewhere else, taken in whole, cut, and beside files that are no results.
const resources = join(import.meta.dirname, '../resources');
const home = mkdtempSync(join(tmpdir(), 'atn-interchange-'));
const results = join(home, 'results');
const SUITE = `*** Test Cases ***
Good
    FOR    \${x}    IN    a    b
        Log    <b>\${x}</b>    html=yes
    END
    \${y} =    Set Variable    7
Bad ü
    [Tags]    smoke
    TRY
        Fail    broken <on> purpose
    EXCEPT    other
        No Operation
    END
Left out
    Skip    not today
`;
let harness: Harness;
let python = '';
const client = () => createRouterClient(harness.router, { context: { caller: { user: 'ada', origin: 'cli' } } });

beforeAll(async () => {
  const scripts = join(resources, 'robot');
  const environments = createEnvironments({ scripts, clock: { now: () => Date.now() }, pythonPath: () => null, onFound: () => undefined });
  ({ python } = await environments.ensureDefault());
  mkdirSync(join(results, 'night', 'deep'), { recursive: true });
  writeFileSync(join(home, 'elsewhere.robot'), SUITE);
  const options = ['--nostatusrc', '--console', 'none', '--log', 'NONE', '--report', 'NONE', '--outputdir', join(results, 'night')];
  execFileSync(python, ['-m', 'robot', ...options, join(home, 'elsewhere.robot')]);
  const whole = readFileSync(join(results, 'night', 'output.xml'), 'utf8');
  writeFileSync(join(results, 'night', 'deep', 'output-cut.xml'), whole.slice(0, whole.indexOf('Left out')));
  writeFileSync(join(results, 'output.xml'), '<html></html>');
  writeFileSync(join(results, 'output-bomb.xml'), '<!DOCTYPE robot [<!ENTITY a "aaaa">]><robot generator="Robot 7">&a;</robot>');
  harness = await composeHarness({ home: join(home, 'home'), face: 'headless', appVersion: '1.2.3', resources });
});
afterAll(async () => {
  await harness.close();
  rmSync(home, { recursive: true });
});

async function importAll(path: string) {
  for await (const event of await client().interchange.importResults({ path })) if (event.type === 'done') return event;
  throw new Error('the feed ended early');
}

it('takes a folder of results in as runs, names what is none, and takes nothing twice', async () => {
  const done = await importAll(results);
  expect(done.imported).toHaveLength(2);
  expect(done.refused.map(({ why }) => why)).toEqual([
    'This file has a document type, which Robot Framework never writes. It is not read.',
    expect.stringContaining('This is no result file of Robot Framework') as string,
  ]);
  const { id } = await client().runs.get({ id: done.imported.find(({ path }) => path.endsWith('night/output.xml'))?.runId ?? '' });
  const run = await client().runs.get({ id });
  expect(run).toMatchObject({
    ...{ name: 'Elsewhere', verdict: 'failed', counts: { passed: 1, failed: 1, skipped: 1, notRun: 0 }, total: 3, startedBy: 'ada' },
    ...{ happened: 'broken <on> purpose', imported: { from: 'night/output.xml' }, testDataId: null },
  });
  expect(run.robotVersion).toMatch(/^\d+\.\d/u);
  expect(Math.abs((run.startedAt ?? 0) - Date.now())).toBeLessThan(600_000);
  const below = async (parent: number | null) => (await client().record.children({ id, parent })).items;
  const [suite] = await below(null);
  const tests = await below(suite?.id ?? 0);
  expect(tests.map(({ name, status }) => `${name} ${status}`)).toEqual(['Good passed', 'Bad ü failed', 'Left out skipped']);
  const steps = await below(tests[0]?.id ?? 0);
  expect(steps.map(({ kind, name }) => [kind, name])).toEqual([
    ['for', 'FOR    ${x}    IN    a    b'],
    ['keyword', 'Set Variable'],
  ]);
  expect(steps[1]?.assign).toContain('${y}');
  const [iteration] = await below(steps[0]?.id ?? 0);
  const [log] = await below(iteration?.id ?? 0);
  expect((await client().record.messages({ id, item: log?.id ?? 0 })).messages).toMatchObject([{ text: '<b>a</b>', html: true }]);
  expect((await client().runs.list({ text: 'broken purpose' })).rows.map((row) => row.run.id)).toContain(id);
  const again = await importAll(results);
  expect([again.imported.length, again.known]).toEqual([0, 2]);
});

it('takes output.json as it takes output.xml, of a pair one only, and what a page hands over', async () => {
  const folder = join(home, 'json');
  mkdirSync(folder);
  const suite = join(home, 'as-json.robot');
  writeFileSync(suite, SUITE);
  const robot = (ending: string) => {
    const quiet = ['--nostatusrc', '--console', 'none', '--log', 'NONE', '--report', 'NONE', '--outputdir', folder];
    execFileSync(python, ['-m', 'robot', ...quiet, '--output', `output.${ending}`, suite]);
  };
  robot('json');
  const done = await importAll(folder);
  expect(done).toMatchObject({ imported: [{ name: 'As-Json', path: join(folder, 'output.json') }], refused: [] });
  const run = await client().runs.get({ id: done.imported[0]?.runId ?? '' });
  expect(run).toMatchObject({
    verdict: 'failed',
    counts: { passed: 1, failed: 1, skipped: 1, notRun: 0 },
    happened: 'broken <on> purpose',
  });
  const report = run.reportDirectory;
  expect(readFileSync(join(report ?? '', 'output.xml'), 'utf8')).toContain('Robot Framework wrote output.json.');
  expect(JSON.parse(readFileSync(join(report ?? '', 'output.json'), 'utf8'))).toMatchObject({ suite: { name: 'As-Json' } });
  robot('xml');
  const upload = new File([readFileSync(join(folder, 'output.xml'))], 'output.xml');
  const handed = await client().interchange.uploadResults({ file: upload });
  expect(handed.imported).toMatchObject([{ name: 'As-Json', path: 'output.xml' }]);
  expect((await client().runs.get({ id: handed.imported[0]?.runId ?? '' })).imported).toMatchObject({ from: 'output.xml' });
  expect(await importAll(folder), 'the XML of the pair, which is here').toMatchObject({ imported: [], known: 1 });
  await expect(client().interchange.uploadResults({ file: new File(['{}'], 'output.json') })).rejects.toMatchObject({ code: 'ROBOT_DATA' });
});

it('lets known failures explain a run that came in', async () => {
  const content = { title: 'Loose fan', message: 'FAN * turns', test: '', sut: '', issue: '' };
  await client().triage.saveRule({ content });
  const status = (word: string, text = '') => `<status status="${word}" start="2026-11-22T10:00:00.000000" elapsed="1">${text}</status>`;
  const file = join(home, 'fan.xml');
  const fan = `<test id="s1-t1" name="Fan">${status('FAIL', 'FAN 4 turns at 990 rpm')}</test>`;
  writeFileSync(
    file,
    `<robot generator="Robot 7.0 (Python 3.11 on linux)"><suite id="s1" name="Fans">${fan}${status('FAIL')}</suite></robot>`,
  );
  const id = (await importAll(file)).imported[0]?.runId ?? '';
  const explained = async () => (await client().triage.ofRun({ id })).known.map(({ title }) => title);
  await vi.waitFor(async () => expect(await explained()).toEqual(['Loose fan']), { timeout: 20_000 });
});

it('takes away at the next start what a kill left by half', async () => {
  const { rows } = await client().runs.list({ verdicts: ['lost'] });
  const id = rows[0]?.run.id ?? '';
  await harness.close();
  const store = openStore({ file: join(home, 'home', 'harness.db'), backups: home, now: Date.now() });
  store.write.prepare('UPDATE run SET imported_at = 0 WHERE id = ?').run(id);
  store.close();
  harness = await composeHarness({ home: join(home, 'home'), face: 'headless', appVersion: '1.2.3', resources });
  await vi.waitFor(() => expect(client().runs.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' }), { timeout: 20_000 });
  expect((await importAll(results)).imported.map(({ runId }) => runId)).toContain(id);
});

it('keeps of a cut file what it holds, as a lost run, and refuses to run it again', async () => {
  const { rows } = await client().runs.list({ verdicts: ['lost'] });
  expect(rows.map(({ run }) => [run.counts.passed, run.counts.failed, run.happened?.slice(0, 19)])).toEqual([
    [1, 1, 'The file ends befor'],
  ]);
  await expect(client().runs.rerun({ id: rows[0]?.run.id ?? '' })).rejects.toMatchObject({
    code: expect.stringMatching(/NOT_FOUND|CONFLICT|PREFLIGHT_FAILED|BAD_REQUEST/u) as string,
  });
});

it('reads a large file in little memory', () => {
  const large = join(home, 'large.xml');
  const keyword = `<kw name="Log" owner="BuiltIn"><msg time="2026-11-22T10:00:00.000000" level="INFO">${'x'.repeat(400)}</msg><arg>1</arg><status status="PASS" start="2026-11-22T10:00:00.000000" elapsed="0.001"/></kw>`;
  const test = `<test id="s1-t1" name="T">${keyword.repeat(200)}<status status="PASS" start="2026-11-22T10:00:00.000000" elapsed="1"/></test>`;
  writeFileSync(
    large,
    `<robot generator="Robot 7.0 (Python 3.11 on linux)"><suite id="s1" name="Large">${test.repeat(200)}<status status="PASS"/></suite></robot>`,
  );
  const program =
    'import os, resource, runpy, sys; sys.argv = sys.argv[1:]; sys.path.insert(0, os.path.dirname(sys.argv[0]))\ntry:\n  runpy.run_path(sys.argv[0], run_name="__main__")\nexcept SystemExit: pass\nprint(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)';
  const said = execFileSync(python, ['-c', program, join(resources, 'robot', 'import_output.py'), large, join(home, 'large.db')], {
    encoding: 'utf8',
  });
  const [last, answer] = said.trim().split('\n').reverse();
  expect(JSON.parse(answer ?? '')).toMatchObject({ ok: true, items: 40_201 });
  expect(Number(last), 'kilobytes').toBeLessThan(80_000);
});
