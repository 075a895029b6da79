import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

describe('readCommandLine', () => {
  it('keeps the profile inside the home, so that the single-instance lock is one a home', () => {
    expect(readCommandLine(['--home', '/lab'], {})).toMatchObject({
      home: resolve('/lab'),
      userData: resolve('/lab/desktop'),
      demo: false,
      throwAway: false,
    });
  });
  it('takes a profile of its own and ignores what is meant for Chromium', () => {
    const options = readCommandLine(['--no-sandbox', '--inspect=0', '--user-data-dir=/profile', '--home=/lab', 'stray'], {});
    expect(options).toMatchObject({ home: resolve('/lab'), userData: resolve('/profile') });
  });
  it('throws away the home of a demo, unless one is named', () => {
    const thrown = readCommandLine(['--demo'], {});
    expect(thrown).toMatchObject({ demo: true, throwAway: true });
    expect(thrown.home.startsWith(tmpdir())).toBe(true);
    expect(readCommandLine(['--demo', '--home', '/lab'], {})).toMatchObject({ home: resolve('/lab'), demo: true, throwAway: false });
  });
  it('falls back to the environment and then to the home of this user', () => {
    expect(readCommandLine([], { ATN_HOME: '/else' }).home).toBe(resolve('/else'));
    expect(readCommandLine(['--home='], {}).userData).toMatch(new RegExp(`${join('x', 'desktop').slice(1)}$`));
  });
});
