import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labProgram, program } from '../../../../e2e/lab/processes.ts';
import { readyFiles, USUAL } from './ready-made-bench.ts';

/** With everything said that may be said, with as little as possible, and with an address to call. */
const CASES = [
  {},
  { field: {}, secret: {}, ssh: { ...USUAL.ssh, user: 'root' } },
  { callBack: { url: 'http://192.0.2.9:8080/t/call-back' } },
];

function check(tool: string, parameters: string[], text: string): { status: number | null; said: string } {
  const file = join(mkdtempSync(join(tmpdir(), 'atn-answers-')), 'answers');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(tool, [...parameters, file], { encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

describe('ready-made answers, read by those who know them', () => {
  it('kickstart is what pykickstart takes, for old installers and new', { timeout: 60_000 }, async () => {
    for (const more of CASES) {
      const [file] = await readyFiles('kickstart', more);
      for (const version of ['RHEL9', 'F40'])
        expect(check(labProgram('ksvalidator'), ['--version', version], file?.text ?? ''), version).toMatchObject({ status: 0 });
    }
    expect(check(labProgram('ksvalidator'), ['--version', 'RHEL9'], 'no such command\n').status, 'and it says what is wrong').not.toBe(0);
  });

  it('preseed is what debconf takes', { timeout: 60_000 }, async () => {
    const debconf = program('debconf-set-selections', 'debconf');
    for (const more of CASES) {
      const [file] = await readyFiles('preseed', more);
      expect(check(debconf, ['--checkonly'], file?.text ?? '')).toEqual({ status: 0, said: '' });
    }
    expect(check(debconf, ['--checkonly'], 'd-i\n').said).not.toBe('');
  });
});
