import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderWith } from '../test-data/test-bench.ts';
import { anna, ended, runBench, runToEnd, type Bench } from './run-bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await runBench();
});
afterAll(async () => {
  await bench.close();
});

const CASES = '*** Test Cases ***\nGood\n    No Operation\nBad\n    Fail    on purpose\n';
const FILES = { 'sub/a.robot': CASES, 'sub/b.robot': CASES, 'other.robot': CASES };

const namesOf = (id: string) =>
  bench.store
    .prepare<[string], string>(
      'SELECT n.long_name FROM run_result AS r JOIN result_name AS n ON n.id = r.name_id JOIN run ON run.number = r.run WHERE run.id = ? ORDER BY r.ordinal',
    )
    .pluck()
    .all(id);

describe('the root suite of a run', () => {
  it('has the name of the folder that the test data first came from, in selection, record and report, after a rename and in a rerun', async () => {
    const testDataId = await bench.import(folderWith(FILES, '01__power_v1.2'), 'Anything else');
    bench.store.prepare('UPDATE test_data SET name = ?, name_key = ? WHERE id = ?').run('Renamed', 'renamed', testDataId);
    const suites = ['Power V1.2.Sub.A'];
    const run = await runToEnd(bench.runs, bench.changes, { testDataId, selection: { include: [], exclude: [], suites, tests: [] } });
    expect([run.verdict, run.total]).toEqual(['failed', 2]);
    expect(namesOf(run.id)).toEqual(['Power V1.2.Sub.A.Good', 'Power V1.2.Sub.A.Bad']);
    expect(readFileSync(join(run.reportDirectory, 'output.xml'), 'utf8')).toMatch(/<suite id="s1" name="Power V1\.2"/u);
    expect(existsSync(join(run.reportDirectory, 'log.html'))).toBe(true);
    const again = await ended(bench, (await bench.runs.rerun({ id: run.id, failedOnly: true }, anna)).id);
    expect(namesOf(again.id)).toEqual(['Power V1.2.Sub.A.Bad']);
  });
  it('may be left out where suites are chosen, and is what a person gives with --name', async () => {
    const testDataId = await bench.import(folderWith(FILES), 'Named');
    const options = { variables: [], timeLimitMs: null, silenceLimitMs: null, priority: 0, robotOptions: ['--name', 'Mine: own'] };
    const selection = { include: [], exclude: [], suites: ['Sub.B'], tests: [] };
    const run = await runToEnd(bench.runs, bench.changes, { testDataId, selection, options });
    expect(namesOf(run.id)).toEqual(['Mine: own.Sub.B.Good', 'Mine: own.Sub.B.Bad']);
    const again = await ended(bench, (await bench.runs.rerun({ id: run.id, failedOnly: true }, anna)).id);
    expect(namesOf(again.id)).toEqual(['Mine: own.Sub.B.Bad']);
  });
});
