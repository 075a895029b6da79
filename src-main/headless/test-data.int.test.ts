import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const place = mkdtempSync(join(tmpdir(), 'atn-test-data-command-'));
const folder = join(place, 'power_suites');
const SUITE = '*** Test Cases ***\nOne\n    No Operation\n';

beforeAll(() => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.robot'), SUITE);
});
afterAll(() => rmSync(place, { recursive: true, force: true, maxRetries: 10 }));

async function atn(...parameters: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts/atn.mjs'), ...parameters, '--home', join(place, 'home')], {
    cwd: place,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })));
}

const json = async (...parameters: string[]): Promise<unknown> => JSON.parse((await atn(...parameters, '--json')).out) as unknown;

describe('atn test-data', () => {
  it('imports, tells what differs, archives and removes', async () => {
    expect(await json('test-data', 'import', 'power_suites', '--message', 'first')).toMatchObject({
      unchanged: false,
      testData: { name: 'power_suites', suiteName: 'Power Suites', newest: { number: 1, message: 'first' } },
    });
    writeFileSync(join(folder, 'a.robot'), SUITE.replace('No Operation', 'Log    1'));
    writeFileSync(join(folder, 'b.robot'), SUITE);
    expect((await atn('test-data', 'import', folder)).out).toBe('power_suites revision 2\n');
    expect(await json('test-data', 'diff', 'power_suites')).toMatchObject([
      { kind: 'changed', path: 'a.robot' },
      { kind: 'added', path: 'b.robot' },
    ]);
    expect((await atn('test-data', 'diff', 'Power_Suites', '--from', '1', '--to', '2', '--file', 'a.robot')).out).toBe(
      '@@ -1,3 +1,3 @@\n *** Test Cases ***\n One\n-    No Operation\n+    Log    1\n',
    );
    expect((await atn('test-data', 'archive', 'power_suites')).out).toMatch(/is in the archive/u);
    expect((await atn('test-data', 'list')).out).toBe('No test data yet.\n');
    expect((await atn('test-data', 'list', '--archived')).out).toMatch(/^power_suites {2}revision 2 {2}2 cases .* archived/u);
    expect(await json('test-data', 'remove', 'power_suites')).toEqual({ removed: true });
    expect(await atn('test-data', 'remove', 'power_suites')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no test data named/u) as unknown,
    });
  }, 90_000);
  it('imports from git, and says what to do when that cannot be', async () => {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@x', ...args], { cwd: folder, stdio: 'ignore' });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-q', '-m', 'one');
    expect(await json('test-data', 'import-git', folder, '--ref', 'main', '--name', 'From git')).toMatchObject({
      testData: { name: 'From git', newest: { source: { kind: 'git', ref: 'main' } } },
    });
    expect(await atn('test-data', 'import-git', folder, '--ref', 'none')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/no branch or tag named none/u) as unknown,
    });
    expect(await atn('test-data', 'import', '/nowhere')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/\/nowhere does not exist\. Check the path\./u) as unknown,
    });
  }, 90_000);
  it('is refused with exit code 64 when it is used wrongly', async () => {
    for (const wrong of [['import'], ['nothing', 'x'], ['diff', 'x', '--from', 'one'], ['archive', 'a', 'b']])
      expect((await atn('test-data', ...wrong)).code, wrong.join(' ')).toBe(64);
  }, 90_000);
});
