import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { claimHome } from './claim-home.ts';
import { readOwner } from './owner.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'atn-home-'));
const claim = (home: string) => claimHome({ home, face: 'headless', appVersion: '1.2.3' });
const refusal = (home: string) => {
  try {
    claim(home).release();
    return null;
  } catch (error) {
    return error as { code: string; message: string; data: { details: string[] } };
  }
};

const children: ChildProcess[] = [];
afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));

/** Another process that owns the home, as a second app would. */
async function ownerElsewhere(home: string): Promise<ChildProcess> {
  const script = `
    const Database = require('better-sqlite3');
    const lock = new Database(process.argv[1]);
    lock.exec('BEGIN EXCLUSIVE');
    process.stdout.write('held');
    setInterval(() => lock.open, 1000);`;
  const child = spawn(process.execPath, ['-e', script, join(home, 'owner.lock')], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout ?? child, 'data');
  return child;
}

describe('claiming a home', () => {
  it('makes its folders, writes down the owner and takes that back', () => {
    const home = join(folder(), 'new', 'home');
    const claimed = claim(home);
    for (const name of ['content', 'runs', 'backups', 'logs', 'scratch']) expect(existsSync(join(home, name))).toBe(true);
    expect(readOwner(join(home, 'owner.json'))).toMatchObject({ pid: process.pid, face: 'headless', appVersion: '1.2.3', url: null });
    claimed.announce({ url: 'http://127.0.0.1:5', ownerToken: 'abc' });
    const tokenFile = join(home, 'owner.token');
    expect(readOwner(join(home, 'owner.json'))).toMatchObject({ url: 'http://127.0.0.1:5', tokenFile });
    expect([readFileSync(tokenFile, 'utf8'), statSync(tokenFile).mode & 0o777]).toEqual(['abc\n', 0o600]);
    claimed.release();
    expect(readOwner(join(home, 'owner.json'))).toBeNull();
    expect([existsSync(tokenFile), existsSync(join(home, 'owner.json'))]).toEqual([false, false]);
    claim(home).release();
  });
  it('says who owns it and where that one can be reached', () => {
    const home = folder();
    const first = claim(home);
    first.announce({ url: 'http://127.0.0.1:5', ownerToken: 'abc' });
    expect(refusal(home)).toMatchObject({
      code: 'HOME_IN_USE',
      data: { details: expect.arrayContaining([`pid ${process.pid}`, 'address http://127.0.0.1:5']) as unknown },
    });
    first.release();
  });
  it('is refused while another process has it, and granted once that was killed, whatever owner.json still says', async () => {
    const home = folder();
    claim(home).release();
    const other = await ownerElsewhere(home);
    expect(refusal(home)?.code).toBe('HOME_IN_USE');
    writeFileSync(
      join(home, 'owner.json'),
      JSON.stringify({ pid: process.pid, face: 'desktop', startedAt: 1, appVersion: '1', url: null, tokenFile: null }),
    );
    other.kill('SIGKILL');
    await once(other, 'exit');
    expect(refusal(home)).toBeNull();
  });
  it('empties scratch and keeps everything else', () => {
    const home = folder();
    claim(home).release();
    writeFileSync(join(home, 'scratch', 'half'), '1');
    writeFileSync(join(home, 'runs', 'report'), '2');
    claim(home).release();
    expect(existsSync(join(home, 'scratch', 'half'))).toBe(false);
    expect(readFileSync(join(home, 'runs', 'report'), 'utf8')).toBe('2');
  });
  it.each([
    ['a file', (place: string) => writeFileSync(place, ''), 'is a file'],
    [
      'a file where a folder belongs',
      (place: string) => (mkdirSync(place), writeFileSync(join(place, 'content'), '')),
      'in the place of a folder',
    ],
    ['a circle of links', (place: string) => symlinkSync(place, place), 'circle of links'],
  ])('refuses %s with a sentence', (_name, make, sentence) => {
    const place = join(folder(), 'place');
    make(place);
    expect(refusal(place)).toMatchObject({ code: 'HOME_UNUSABLE', message: expect.stringContaining(sentence) as unknown });
    rmSync(place, { recursive: true, force: true });
  });
  it('refuses a path through a file', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(refusal(join(file, 'home'))).toMatchObject({ code: 'HOME_UNUSABLE' });
  });
});
