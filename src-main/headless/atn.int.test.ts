import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunJson } from './run-text.ts';

const root = join(import.meta.dirname, '../..');
const place = mkdtempSync(join(tmpdir(), 'atn-command-'));
const home = join(place, 'home');

const SUITES = {
  'good.robot':
    '*** Test Cases ***\nOne\n    [Tags]    quick\n    Log    ${WHO}    console=yes\nTwo\n    No Operation\n*** Variables ***\n${WHO}    nobody\n',
  'bad.robot': '*** Test Cases ***\nRight\n    No Operation\nWrong\n    Fail    Fan 4 turns at 1080 rpm\n',
  'slow.robot':
    '*** Test Cases ***\nLong\n    Log    begun    console=yes\n    Sleep    60\n    [Teardown]    Create File    ${MARKER}    done\nAfter\n    No Operation\n*** Settings ***\nLibrary    OperatingSystem\n',
  'broken.robot': '*** Settings ***\nLibrary    no.such.Library\n*** Test Cases ***\nNeeds It\n    Some Keyword Of It\n',
  'word.yaml': 'WHO: Ada Lovelace ✓\n',
};

beforeAll(async () => {
  for (const [name, text] of Object.entries(SUITES)) writeFileSync(join(place, name), text);
  expect(await atn(['--version']), 'the first call builds what is missing').toMatchObject({ code: 0 });
}, 120_000);

afterAll(() => rmSync(place, { recursive: true, force: true, maxRetries: 10 }));

interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Runs `npm run --silent atn -- …`; `during` may look at what was said so far and at the process. */
function atn(parameters: string[], during: (err: string, pid: number) => void = () => undefined): Promise<Ended> {
  const child = spawn(process.execPath, [join(root, 'scripts/atn.mjs'), ...parameters], { cwd: place, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
    during(said.err, child.pid ?? 0);
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}

const json = async (...parameters: string[]) => {
  const { code, out, err } = await atn([...parameters, '--json', '--home', home]);
  return { code, err, value: JSON.parse(out) as RunJson & { error?: { code: string } } };
};

describe('atn', () => {
  it('runs a file and says by its exit code and in JSON that it passed', async () => {
    const { code, value } = await json('run', 'good.robot', '--condition', 'word.yaml');
    expect(code).toBe(0);
    expect(value).toMatchObject({
      state: 'ended',
      verdict: 'passed',
      cause: null,
      counts: { passed: 2, failed: 0, skipped: 0, notRun: 0 },
    });
    expect(value.endedAt ?? 0).toBeGreaterThanOrEqual(value.startedAt ?? Infinity);
    expect(statSync(join(value.reportDirectory, 'output.xml')).size).toBeGreaterThan(0);
    const shown = await json('show', value.id.slice(0, 20));
    expect([shown.code, shown.value.id]).toEqual([0, value.id]);
  });

  it('selects by tag and by name, and hands options behind the divider to Robot', async () => {
    expect((await json('run', 'good.robot', '--include', 'quick')).value.counts).toMatchObject({ passed: 1 });
    expect((await json('run', 'good.robot', '--test', 'Two', '--variable', 'WHO:x')).value.counts).toMatchObject({ passed: 1 });
    const { value } = await atn(['run', 'good.robot', '--json', '--home', home, '--', '--name', 'Mine']).then(({ out }) => ({
      value: JSON.parse(out) as RunJson,
    }));
    expect(value.counts.passed).toBe(2);
  });

  it('exits 1 when tests failed, and names them', async () => {
    const { code, out, err } = await atn(['run', 'bad.robot', '--home', home]);
    expect(code).toBe(1);
    expect(out).toContain('1 passed, 1 failed');
    expect(err).toContain('Wrong');
    expect(err).toContain('Fan 4 turns at 1080 rpm');
    expect((await json('show', 'last')).code).toBe(1);
  });

  it('exits 2 with every reason for what cannot run, and for what is not there', async () => {
    const refused = await json('run', 'good.robot', '--sut', 'nowhere-1', '--sut', 'nowhere-2');
    expect([refused.code, refused.value.error?.code]).toEqual([2, 'PREFLIGHT_FAILED']);
    expect(refused.err).toContain('nowhere-1');
    expect(refused.err).toContain('nowhere-2');
    expect((await json('run', 'no-such-folder')).code).toBe(2);
    expect((await json('show', 'ffff')).value.error?.code).toBe('NOT_FOUND');
    expect((await json('run', 'broken.robot')).code).toBe(1);
  });

  it('exits 3 after Ctrl-C: the tear-down ran and the report is there', async () => {
    const marker = join(place, 'marker');
    let asked = false;
    const ended = await atn(['run', 'slow.robot', '--variable', `MARKER:${marker}`, '--home', home], (err, pid) => {
      if (asked || !/executing.*Long/u.test(err)) return;
      asked = true;
      process.kill(pid, 'SIGINT');
    });
    expect(ended.code).toBe(3);
    expect(existsSync(marker)).toBe(true);
    const { value } = await json('show', 'last');
    expect(value).toMatchObject({ verdict: 'stopped', state: 'ended' });
    expect(existsSync(join(value.reportDirectory, 'log.html'))).toBe(true);
  }, 90_000);

  it('ends a run at its time limit with an error that says so', async () => {
    const { code, value } = await json('run', 'slow.robot', '--variable', `MARKER:${join(place, 'late')}`, '--timeout', '2');
    expect([code, value.verdict, value.cause]).toEqual([2, 'error', 'timeout']);
  }, 90_000);

  it.each([[['run']], [['fly']], [[]], [['run', 'good.robot', '--colour', 'red']]])(
    'exits 64 for %j without touching a home',
    async (parameters) => {
      const untouched = join(place, 'untouched');
      const { code, out, err } = await atn([...parameters, '--home', untouched]);
      expect([code, out]).toEqual([64, '']);
      expect(err).toContain('atn run PLAN|PATH');
      expect(existsSync(untouched)).toBe(false);
    },
  );

  it('lists runs, writes a report where it is told and refuses to overwrite', async () => {
    const { out } = await atn(['runs', '--json', '--limit', '3', '--home', home]);
    expect(JSON.parse(out)).toHaveLength(3);
    const target = join(place, 'report.zip');
    expect((await atn(['report', 'last', '--to', target, '--home', home])).code).toBe(0);
    expect(statSync(target).size).toBeGreaterThan(1000);
    expect((await atn(['report', 'last', '--to', target, '--home', home])).code).toBe(2);
  });

  it('joins the harness that serves the home, and that one goes on', async () => {
    const server = spawn(process.execPath, [join(root, 'scripts/atn.mjs'), 'serve', '--json', '--home', home], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const exit = new Promise((resolve) => server.once('close', resolve));
    await new Promise((resolve) => server.stdout.once('data', resolve));
    expect((await json('run', 'good.robot')).code).toBe(0);
    const second = await atn(['serve', '--home', home]);
    expect([second.code, second.err.includes('HOME_IN_USE')]).toEqual([2, true]);
    server.kill('SIGTERM');
    expect(await exit).toBe(0);
  });
});
