import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const place = mkdtempSync(join(tmpdir(), 'atn-plans-'));
const FILES = {
  'modes.robot': '*** Test Cases ***\nAlways\n    Log    ${MODE}\nOnly Good\n    [Tags]    good\n    Should Be Equal    ${MODE}    good\n',
  'wrong.robot': '*** Test Cases ***\nOne\n    No Such Keyword    ${NOWHERE}\n',
  'base.yaml': 'MODE: bad   # for a start\nLIMIT: 1.0\n',
  'good.yaml': 'atn-condition: 1\nname: good\ninherits: base\nvariables:\n  MODE: good\n  TOKEN: !secret\n',
  'plan.yaml': 'atn-plan: 1\nname: Modes\ntestData: modes\ncondition: base\nretry:\n  times: 1\n',
};

beforeAll(async () => {
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(place, name), text);
  expect(await atn('--version')).toMatchObject({ code: 0 });
}, 120_000);
afterAll(() => rmSync(place, { recursive: true, force: true, maxRetries: 10 }));

function atn(...parameters: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts/atn.mjs'), ...parameters], { cwd: place, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}
async function json(home: string, ...parameters: string[]) {
  const { code, out, err } = await atn(...parameters, '--json', '--home', join(place, home));
  return { code, err, value: JSON.parse(out === '' ? 'null' : out) as Record<string, unknown> };
}

describe('atn with plans', () => {
  it(
    'checks, keeps conditions and plans as files, runs them as a matrix, and carries a run to another home',
    { timeout: 180_000 },
    async () => {
      const wrong = await json('one', 'check', 'wrong.robot');
      expect(wrong.code).toBe(1);
      expect(wrong.value).toMatchObject({
        canStart: true,
        reasons: [{ code: 'KEYWORD_UNKNOWN', subject: 'No Such Keyword' }, { code: 'VARIABLE_MISSING' }],
      });
      expect((await json('one', 'check', 'modes.robot', '--condition', 'base.yaml')).code).toBe(0);
      expect((await atn('check', '--home', join(place, 'one'))).code).toBe(64);

      expect((await json('one', 'conditions', 'import', 'base.yaml')).value).toMatchObject({
        notes: ['Comments of the file are not kept.'],
      });
      const good = await json('one', 'conditions', 'import', 'good.yaml');
      expect(good.value).toMatchObject({
        condition: {
          name: 'good',
          effective: [
            { variable: { name: 'MODE', value: 'good' } },
            { variable: { name: 'LIMIT', type: 'float' }, from: { name: 'base' } },
            { variable: { name: 'TOKEN' } },
          ],
        },
      });
      expect((await json('one', 'plans', 'import', 'plan.yaml')).value).toMatchObject({
        name: 'Modes',
        version: { number: 1 },
        retry: { times: 1 },
      });
      expect((await json('one', 'check', 'Modes', '--condition', 'good')).value).toMatchObject({
        canStart: false,
        reasons: [{ code: 'SECRET_MISSING' }],
      });
      await json('one', 'conditions', 'import', 'base.yaml', '--name', 'other');

      const failed = await atn('run', 'modes', '--home', join(place, 'one'));
      expect(failed.code, failed.err).toBe(1);
      expect(failed.err).toContain('again what failed');
      expect((await json('one', 'run', 'Modes', '--exclude', 'good')).code).toBe(0);

      const matrix = await json('one', 'matrix', 'Modes', '--condition', 'base', '--condition', 'other', '--name', 'Both');
      expect(matrix.code, matrix.err).toBe(1);
      expect(matrix.value).toMatchObject({ name: 'Both', cellCount: 2, ended: 2, verdicts: { failed: 2 } });

      expect((await json('one', 'capsule', 'export', 'last', 'run.zip')).code).toBe(0);
      const taken = await json('two', 'capsule', 'import', 'run.zip');
      expect(taken.value).toMatchObject({ content: { plan: 'Modes', testDataName: 'modes' } });
      expect((await json('two', 'runs')).value).toMatchObject([{ id: taken.value['runId'], verdict: 'failed', imported: {} }]);
      expect((await json('two', 'run', 'Modes')).code).toBe(1);
      expect((await json('two', 'plans')).value).toMatchObject([{ name: 'Modes', runCount: 3 }]);
    },
  );
});
