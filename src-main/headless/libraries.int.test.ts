import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const place = mkdtempSync(join(tmpdir(), 'atn-libraries-command-'));
const WHEEL = 'atn_greeter-1.0-py3-none-any.whl';

beforeAll(async () => {
  copyFileSync(join(root, 'e2e/fixtures/wheels', WHEEL), join(place, WHEEL));
  mkdirSync(join(place, 'greetings'));
  writeFileSync(
    join(place, 'greetings', 'greet.robot'),
    '*** Settings ***\nLibrary    AtnGreeter\n*** Test Cases ***\nOne\n    Greet    rack\n',
  );
  expect(await atn('--version')).toMatchObject({ code: 0 });
}, 120_000);
afterAll(() => rmSync(place, { recursive: true, force: true, maxRetries: 10 }));

function atn(...parameters: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const words = [join(root, 'scripts/atn.mjs'), ...parameters, '--home', join(place, 'home')];
  const child = spawn(process.execPath, words, { cwd: place, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}

const json = async (...parameters: string[]): Promise<unknown> => JSON.parse((await atn(...parameters, '--json')).out) as unknown;

describe('atn libraries and environments', () => {
  it('adds a wheel to test data, builds its environment, verifies and packs it', { timeout: 180_000 }, async () => {
    expect((await atn('test-data', 'import', 'greetings')).code).toBe(0);
    expect((await atn('libraries', 'add', WHEEL, '--test-data', 'greetings')).out).toBe('atn-greeter 1.0\n');
    expect((await atn('libraries', 'list')).out).toBe('atn-greeter  1.0  wheel  AtnGreeter  greetings\n');
    expect(await atn('libraries', 'remove', 'atn-greeter')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/used by greetings/u) as unknown,
    });
    expect(await atn('libraries', 'add', 'a b')).toMatchObject({ code: 2, err: expect.stringMatching(/is not a requirement/u) as unknown });
    expect((await atn('libraries', 'paint')).code).toBe(64);
    const built = (await json('environments', 'build', 'atn-greeter')) as { lockHash: string; state: string };
    expect(built).toMatchObject({ state: 'ready', robotVersion: '7.5', usedBy: [{ name: 'greetings' }] });
    const lock = built.lockHash.slice(0, 12);
    expect((await atn('environments')).out).toMatch(
      new RegExp(`^${lock.slice(0, 8)} {2}ready {2}Python 3\\.\\d+, Robot 7\\.5, 2 packages`, 'u'),
    );
    expect(await atn('environments', 'verify', lock, '--full')).toMatchObject({ code: 0, out: 'Nothing was changed in it.\n' });
    expect((await atn('environments', 'clean', '--dry-run')).out).toMatch(/^Would remove \d+ environments?/u);
    expect((await atn('environments', 'export', lock, 'wheels.zip')).out).toMatch(/^2 wheels/u);
    expect(existsSync(join(place, 'wheels.zip'))).toBe(true);
    expect(await json('environments', 'import', 'wheels.zip')).toMatchObject({ hash: built.lockHash });
    expect((await atn('run', 'greetings')).code).toBe(0);
  });
});
