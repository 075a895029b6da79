import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labProgram, program, runTool } from '../../../../e2e/lab/processes.ts';
import { checkAnswer } from './check/check-answers.ts';
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

describe('what is told of answers before an installer reads them', () => {
  const toldOf = (path: string, text: string): boolean => checkAnswer({ path, text }).length > 0;

  it.each(['autpart\n', 'text\n%post\nls\n', 'text\n%packages\n@core\n%post\nls\n%end\n', 'rootpw "a b\n', '%end\n'])(
    'is what pykickstart says too: %j',
    (text) => {
      expect(check(labProgram('ksvalidator'), ['--version', 'F40'], text).status).not.toBe(0);
      expect(toldOf('ks.cfg', text)).toBe(true);
    },
  );

  it('knows every command that any version of pykickstart knows', () => {
    const script =
      'from pykickstart.version import versionMap, returnClassForVersion as c\n' +
      'print(*sorted({n for v in set(versionMap.values()) for n in c(v)().commands}))';
    const commands = runTool(labProgram('python'), ['-c', script]).trim().split(' ');
    expect(commands.length).toBeGreaterThan(80);
    expect(commands.filter((command) => toldOf('ks.cfg', `${command}\n`))).toEqual([]);
  });

  it.each(['d-i a/c\n', 'd-i a/c nosuchtype x\n'])('is what debconf says too: %j', (text) => {
    expect(check(program('debconf-set-selections', 'debconf'), ['--checkonly'], text).said).not.toBe('');
    expect(toldOf('preseed.cfg', text)).toBe(true);
  });
});

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
