import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkbenchError } from '../../errors.ts';
import { listExcluded } from '../../store/run-results.ts';
import { findRun } from '../../store/runs.ts';
import { listLeases } from '../../store/leases.ts';
import { folderWith } from '../test-data/test-bench.ts';
import { anna, runBench, runToEnd, ended, until, type Bench } from './run-bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await runBench();
});
afterAll(async () => {
  await bench.close();
});

const run = async (files: Record<string, string>, more: Record<string, unknown> = {}) => {
  const testDataId = await bench.import(folderWith(files), `data ${Math.random()}`);
  return runToEnd(bench.runs, bench.changes, { testDataId, ...more });
};
const resultsOf = (id: string) =>
  bench.store
    .prepare<[string], { name: string; status: string }>(
      'SELECT n.long_name AS name, r.status FROM run_result AS r JOIN result_name AS n ON n.id = r.name_id JOIN run ON run.number = r.run WHERE run.id = ? ORDER BY r.ordinal',
    )
    .all(id)
    .map(({ name, status }) => `${name} ${status}`);

describe('a run with real Robot', () => {
  it('passes, with every phase done, its results stored and its report in its folder', async () => {
    const passed = await run({ 'login.robot': '*** Test Cases ***\nValid\n    Log    hello\nSkipped\n    Skip    not today\n' });
    expect(passed).toMatchObject({
      state: 'ended',
      verdict: 'passed',
      cause: null,
      failure: null,
      counts: { passed: 1, failed: 0, skipped: 1, notRun: 0 },
      total: 2,
    });
    expect(passed.phases.map(({ state, outcome }) => `${state} ${outcome}`)).toEqual([
      'queued done',
      'preparing done',
      'provisioning skipped',
      'executing done',
      'tearingDown done',
      'collecting done',
    ]);
    expect(passed.phases[2]?.note).toBe('No image asked for.');
    expect(passed.skippedPhases, 'lists draw it as not needed too').toContain('provisioning');
    expect(passed.robotVersion).toMatch(/^7\./u);
    expect(resultsOf(passed.id)).toEqual(['Data.Login.Valid passed', 'Data.Login.Skipped skipped']);
    for (const file of ['output.xml', 'log.html', 'report.html', 'xunit.xml', 'record.db', 'console.txt'])
      expect(existsSync(join(passed.reportDirectory, file)), file).toBe(true);
    expect(bench.problems).toEqual([]);
  });

  it('fails with what failed first, and reruns only what did not pass, by exact name', async () => {
    const files = {
      'a [b].robot':
        '*** Test Cases ***\nGood*\n    No Operation\nBad? [x] "quoted" ünï\n    Fail    first trouble\nGood2\n    No Operation\nBad\n    Fail    second\n',
    };
    const failed = await run(files, { name: 'names' });
    expect(failed).toMatchObject({ verdict: 'failed', cause: null, happened: 'first trouble', counts: { passed: 2, failed: 2 } });
    const rerun = await bench.runs.rerun({ id: failed.id, failedOnly: true }, anna);
    const again = await ended(bench, rerun.id);
    expect(resultsOf(again.id)).toEqual(['Data.A [B].Bad? [x] "quoted" ünï failed', 'Data.A [B].Bad failed']);
    expect(again).toMatchObject({ name: 'names', rerunOf: failed.id, total: 2 });
    expect(bench.runs.get(failed.id).reruns).toEqual([again.id]);
    expect(listExcluded(bench.store, findRun(bench.store, again.id)?.number ?? 0)).toHaveLength(2);
    const whole = await ended(bench, (await bench.runs.rerun({ id: failed.id, failedOnly: false }, anna)).id);
    expect(resultsOf(whole.id)).toHaveLength(4);
  });

  it('gives Robot its SUTs with secrets, its condition with types and its variables, whatever is in them', async () => {
    bench.addSut('dl380-07', {
      information: [
        { key: 'address', kind: 'address', value: '10.0.0.7' },
        { key: 'ports', kind: 'number', value: 4 },
      ],
    });
    bench.addSut('switch', { role: 'environment' });
    const passed = await run(
      {
        'v.robot': [
          '*** Test Cases ***',
          'Variables',
          '    Should Be Equal    ${SUTs}[dl380-07][address]    10.0.0.7',
          '    Should Be Equal    ${SUTs.switch.role}    environment',
          '    Should Be Equal    ${COUNT}    ${3}',
          '    Should Be Equal    ${DEEP.list}[1]    ${True}',
          '    Should Be Equal    ${BIG}    ${12345678901234567890}',
          '    Should Be Equal    ${PLAIN}    a b=c',
          '    Should Be Equal    ${LINES}    one\\n two${SPACE}',
          '    Should Be Equal    ${WINS}    option',
          '    File Should Be Here',
          '*** Keywords ***',
          'File Should Be Here',
          '    Evaluate    open("lib/data.txt").read()',
          '    Evaluate    __import__("helper").answer',
        ].join('\n'),
        'lib/data.txt': 'x',
        'lib/helper.py': 'answer = 42\n',
      },
      {
        suts: ['dl380-07', 'switch'],
        condition: { name: 'typed', yaml: 'COUNT: 3\nDEEP: {list: [1, true]}\nBIG: 12345678901234567890\nWINS: condition\n' },
        options: { variables: ['PLAIN:a b=c', 'LINES:one\n two ', 'WINS:option'], robotOptions: ['-P', 'lib'] },
      },
    );
    expect(passed).toMatchObject({ verdict: 'passed', suts: ['dl380-07', 'switch'], condition: 'typed' });
    expect(listLeases(bench.store)).toEqual([]);
    expect(bench.store.prepare('SELECT sut_id FROM hold').all()).toEqual([]);
  });

  it.each([
    [
      'a library that cannot be imported',
      '*** Settings ***\nLibrary    no_such_library\n*** Test Cases ***\nA\n    Nothing Here\n',
      [],
      { verdict: 'failed', happened: "No keyword with name 'Nothing Here' found." },
    ],
    [
      'options that leave no test',
      '*** Test Cases ***\nA\n    Log    1\n',
      ['--name', 'X', '--test', 'nope'],
      { verdict: 'error', cause: 'testData', happened: "Suite 'X' contains no tests matching name 'nope'." },
    ],
    [
      'an option value that Robot refuses',
      '*** Test Cases ***\nA\n    Log    1\n',
      ['--loglevel', 'BOGUS'],
      { verdict: 'error', cause: 'configuration', happened: "Invalid value for option '--loglevel': Invalid log level 'BOGUS'." },
    ],
    [
      'an option that this Robot does not know',
      '*** Test Cases ***\nA\n    Log    1\n',
      ['--from-the-future'],
      { verdict: 'error', cause: 'configuration', happened: 'option --fromthefuture not recognized' },
    ],
    [
      'a library that ends the process',
      '*** Test Cases ***\nA\n    Sleep    0.3\n    Evaluate    os._exit(3)\nB\n    Log    1\n',
      [],
      { verdict: 'error', cause: 'testData', rebuilt: true, counts: { passed: 0, failed: 0, skipped: 0, notRun: 2 } },
    ],
    [
      'Robot killed from outside',
      // Nothing can be rebuilt from a record that has no row yet: Robot dies when there is one.
      '*** Test Cases ***\nA\n    Log    1\nB\n    Wait Until Keyword Succeeds    20 s    20 ms    Evaluate    1 / sqlite3.connect(os.environ["ATN_RECORD"]).execute("SELECT count(*) FROM item").fetchone()[0]\n    Evaluate    os.kill(os.getpid(), 9)\n',
      [],
      { verdict: 'error', cause: 'infrastructure', rebuilt: true },
    ],
    ['--nostatusrc', '*** Test Cases ***\nA\n    Fail    no\n', ['--nostatusrc'], { verdict: 'failed', happened: 'no' }],
  ])('tells the truth about %s', async (...[, suite, robotOptions, expected]) => {
    const outcome = await run({ 'a.robot': suite }, { options: { robotOptions } });
    expect(outcome).toMatchObject(expected);
    expect(outcome.verdict !== 'error' || outcome.failure !== null).toBe(true);
  });

  it('goes on when a variable file throws, and keeps what Robot said', async () => {
    const outcome = await run(
      { 'a.robot': '*** Test Cases ***\nA\n    Log    ${FROM FILE}\n', 'vars.py': 'raise ValueError("broken vars")\n' },
      { options: { robotOptions: ['-V', 'vars.py'] } },
    );
    expect(outcome).toMatchObject({ verdict: 'failed' });
    expect(readFileSync(join(outcome.reportDirectory, 'console.txt'), 'utf8')).toContain('broken vars');
  });

  it('ends by its time limit and by its silence limit, with tear-downs run and the report whole', async () => {
    const suite = { 'a.robot': '*** Test Cases ***\nSlow\n    Sleep    60\n    [Teardown]    Log    was torn down\nNext\n    Log    1\n' };
    // The time limit counts from the start of Robot, which alone takes seconds on a busy machine; the test must have begun before it.
    const [time, silence] = await Promise.all([
      run(suite, { options: { timeLimitMs: 8000 } }),
      run({ 'b.robot': suite['a.robot'] }, { options: { silenceLimitMs: 1500 } }),
    ]);
    expect(time).toMatchObject({ verdict: 'error', cause: 'timeout', failure: { code: 'TIMEOUT' }, rebuilt: false });
    expect(silence).toMatchObject({ verdict: 'error', cause: 'timeout', happened: expect.stringContaining('silence') as string });
    expect(readFileSync(join(time.reportDirectory, 'output.xml'), 'utf8')).toContain('was torn down');
  });

  it('two runs never share a SUT: the second says what it waits for', async () => {
    bench.addSut('shared');
    const testDataId = await bench.import(folderWith({ 'a.robot': '*** Test Cases ***\nA\n    Sleep    0.5\n' }), 'sharing');
    const first = await bench.runs.start({ testDataId, suts: ['shared'], name: 'first' }, anna);
    const second = await bench.runs.start({ testDataId, suts: ['shared'], name: 'second' }, anna);
    expect(second).toMatchObject({ state: 'queued', queuePosition: 1, happened: 'Waits for shared, in use by first.' });
    const [one, two] = await Promise.all([ended(bench, first.id), ended(bench, second.id)]);
    expect(two.startedAt).toBeGreaterThanOrEqual(one.endedAt ?? Infinity);
  });

  it('refuses with every reason at once', async () => {
    bench.addSut('held', { reservedBy: 'ben' });
    const testDataId = await bench.import(folderWith({ 'a.robot': '*** Test Cases ***\nA\n    Log    1\n' }), 'refused');
    const start = bench.runs.start(
      {
        testDataId,
        revision: '0'.repeat(64),
        suts: ['held', 'nowhere'],
        condition: { name: 'c', yaml: 'a: [1' },
        options: { robotOptions: ['-d', 'x', '--output', 'y'] },
      },
      anna,
    );
    const error = await start.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WorkbenchError);
    expect((error as WorkbenchError).code).toBe('PREFLIGHT_FAILED');
    expect((error as WorkbenchError).data.reasons.map(({ code, subject }) => `${code} ${subject?.slice(0, 9) ?? ''}`)).toEqual([
      'REVISION_MISSING 000000000',
      'SUT_MISSING nowhere',
      'SUT_NOT_RESERVED held',
      'CONDITION_BROKEN condition',
      'OPTION_REFUSED robotOpti',
      'OPTION_REFUSED robotOpti',
    ]);
    await expect(bench.runs.start({ testDataId, selection: { include: ['no-such-tag'] } }, anna)).rejects.toMatchObject({
      data: { reasons: [{ code: 'NOTHING_SELECTED' }] },
    });
  });

  it('starts once for one request key', async () => {
    const testDataId = await bench.import(folderWith({ 'a.robot': '*** Test Cases ***\nA\n    Log    1\n' }), 'once');
    const request = { testDataId, requestKey: 'key-1' };
    const [a, b] = await Promise.all([bench.runs.start(request, anna), bench.runs.start(request, anna)]);
    expect(a.id).toBe(b.id);
    await ended(bench, a.id);
    expect((await bench.runs.start(request, anna)).id).toBe(a.id);
  });

  it('shows progress while it goes on, and an estimate from history', async () => {
    const testDataId = await bench.import(
      folderWith({ 'a.robot': '*** Test Cases ***\nA\n    No Operation\nB\n    Sleep    0.8\n' }),
      'estimated',
    );
    const first = await bench.runs.start({ testDataId }, anna);
    const half = await until(bench, first.id, ({ happened }) => happened === 'B');
    expect(half).toMatchObject({ state: 'executing', total: 2, counts: { passed: 1, notRun: 0 } });
    await ended(bench, first.id);
    const second = await bench.runs.start({ testDataId }, anna);
    const running = await until(bench, second.id, ({ state }) => state === 'executing');
    expect(running.expectedEndAt).toBeGreaterThan(running.startedAt ?? Infinity);
    expect(running.phases.at(-1)?.expectedMs).toBeGreaterThan(500);
    await ended(bench, second.id);
  });
});
