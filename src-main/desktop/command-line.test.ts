import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

describe('readCommandLine', () => {
  it('keeps the profile inside the home, so that the single-instance lock is one a home', () => {
    expect(readCommandLine(['--home', '/lab'], {})).toEqual({ home: resolve('/lab'), userData: resolve('/lab/desktop') });
  });
  it('takes a profile of its own and ignores what is meant for Chromium', () => {
    const options = readCommandLine(['--no-sandbox', '--inspect=0', '--user-data-dir=/profile', '--home=/lab', 'stray'], {});
    expect(options).toEqual({ home: resolve('/lab'), userData: resolve('/profile') });
  });
  it('falls back to the environment and then to the home of this user', () => {
    expect(readCommandLine([], { ATN_HOME: '/else' }).home).toBe(resolve('/else'));
    expect(readCommandLine(['--home='], {}).userData).toMatch(new RegExp(`${join('x', 'desktop').slice(1)}$`));
  });
});
