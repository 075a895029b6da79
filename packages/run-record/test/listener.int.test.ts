import { execFile, spawn } from 'node:child_process';
import { existsSync, writeFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  changesSince,
  children,
  closeRecord,
  counts,
  firstFailure,
  messages,
  openRecord,
  readMeta,
  sealRecord,
  testResults,
  type RecordChanges,
  type RecordCursor,
  type RecordReader,
} from '../src/index.ts';
import { temporaryFolder } from './fixture.ts';

const tools = fileURLToPath(new URL('../../../resources/robot/', import.meta.url));
const patience = { timeout: 30_000, interval: 20 };
let python = '';

// Robot itself, in the environment our own maker makes.
beforeAll(async () => {
  const root = join(process.env['ATN_CACHE'] ?? join(homedir(), '.cache', 'atn-workbench'), 'environments');
  const args = [join(tools, 'environment.py'), 'ensure', '--root', root, '--requirement', 'robotframework==7.5'];
  const { stdout } = await promisify(execFile)('python3', args);
  const answer: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  if (typeof answer === 'object' && answer !== null && 'python' in answer) python = String(answer.python);
});

interface Running {
  readonly record: string;
  readonly ended: Promise<number | null>;
  kill(): void;
}

function robot(suite: string): Running {
  const folder = temporaryFolder();
  const record = join(folder, 'record.db');
  writeFileSync(join(folder, 'suite.robot'), suite);
  const args = ['-m', 'robot', '--listener', join(tools, 'atn_listener.py'), '-d', join(folder, 'out'), join(folder, 'suite.robot')];
  const child = spawn(python, args, { stdio: 'ignore', env: { ...process.env, ATN_RECORD: record } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { record, ended, kill: () => void child.kill('SIGKILL') };
}

async function openWhenReady(path: string): Promise<RecordReader> {
  await vi.waitUntil(() => existsSync(path), patience);
  return vi.waitFor(() => openRecord(path), patience);
}

describe('a record of the real listener', () => {
  it('is read when the run is over', async () => {
    const run = robot(`*** Test Cases ***
Good
    Log    hello
Bad
    Check
*** Keywords ***
Check
    Should Be Equal    1    2
`);
    expect(await run.ended).toBe(1);
    const record = openRecord(run.record);
    expect(readMeta(record)).toMatchObject({ closed: true, totalTests: 2, dropped: null, robot: '7.5' });
    expect(counts(record)).toEqual({ passed: 1, failed: 1, skipped: 0, notRun: 0, running: 0, total: 2 });
    expect(firstFailure(record)).toMatchObject({ test: { name: 'Bad' }, cause: { name: 'Should Be Equal', message: '1 != 2' } });
    expect([...testResults(record)].map((each) => each.longName)).toEqual(['Suite.Good', 'Suite.Bad']);
    const log = children(record, 2, { limit: 1 })[0];
    expect(messages(record, log?.id ?? 0, { limit: 9 }).map((each) => each.text)).toEqual(['hello']);
    closeRecord(record);
  });

  it('is followed while it is written, and every test is seen', async () => {
    const tests = Array.from({ length: 200 }, (_, index) => `Test ${index}\n    Repeat Keyword    5    No Operation`);
    const run = robot(`*** Test Cases ***\n${tests.join('\n')}\n`);
    const record = await openWhenReady(run.record);
    const seen = new Map<number, string>();
    let over = false;
    void run.ended.then(() => (over = true));
    let looks = 0;
    let cursor: RecordCursor | null = null;
    const look = (): void => {
      const changes: RecordChanges = changesSince(record, cursor);
      for (const each of changes.items) seen.set(each.id, `${each.kind} ${each.status}`);
      cursor = changes.cursor;
      looks += 1;
    };
    await vi.waitUntil(() => (look(), over), patience);
    look();
    closeRecord(record);
    expect(looks).toBeGreaterThan(5);
    expect([...seen.values()].filter((each) => each === 'test passed')).toHaveLength(200);
    expect([...seen.values()].filter((each) => each === 'suite passed')).toHaveLength(1);
  });

  it('is whole and can be sealed after everything was killed', async () => {
    const run = robot('*** Test Cases ***\nWaits\n    Log    before\n    Sleep    300 s\n');
    const live = await openWhenReady(run.record);
    await vi.waitUntil(() => changesSince(live, null).running.at(-1)?.name === 'Sleep', patience);
    run.kill();
    await run.ended;
    expect(changesSince(live, null).running.map((each) => each.name)).toEqual(['Suite', 'Waits', 'Sleep']);
    expect(statSync(`${run.record}-wal`).size).toBeGreaterThan(0);
    expect(sealRecord(run.record)).toBe(false); // somebody watches
    expect(statSync(`${run.record}-wal`).size).toBe(0); // and every row is in the one file all the same
    closeRecord(live);
    expect(sealRecord(run.record)).toBe(true);
    expect(existsSync(`${run.record}-wal`)).toBe(false);
    const record = openRecord(run.record);
    expect(counts(record)).toMatchObject({ running: 1, total: 1 });
    expect(readMeta(record).closed).toBe(false);
    closeRecord(record);
  });
});
