import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Preflight } from '../../../src-shared/model/preflight.ts';
import type { RunRequest } from '../../../src-shared/model/run.ts';
import { WorkbenchError } from '../../errors.ts';
import { anna, runBench, until, type Bench } from '../runs/run-bench.ts';
import type { DryrunAnswer } from '../../robot/dryrun.ts';
import { folderWith } from '../test-data/test-bench.ts';
import { checkPreflight } from './check-preflight.ts';
import { dryrunStage } from './dryrun-stage.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await runBench();
  mkdirSync(join(bench.home, 'scratch'), { recursive: true });
});
afterAll(async () => {
  await bench.close();
});

const known = new Map<string, DryrunAnswer>();
const slow = () => {
  const { services, home } = bench;
  return [
    dryrunStage({
      scripts: services.scripts,
      scratch: join(home, 'scratch'),
      known,
      materialise: (revision, folder, signal) => services.testData.materialise(revision, folder, { signal, onProgress: () => undefined }),
      bindLibraries: (set) => services.bindLibraries(set),
      ensureEnvironment: (libraries, signal) =>
        services.ensureEnvironment({ libraries, lockHash: null }, { signal, onProgress: () => undefined }),
      sutInformation: async (suts) => (await services.sutInformation(suts)).suts,
    }),
  ];
};
async function check(request: RunRequest): Promise<Preflight[]> {
  const items: Preflight[] = [];
  const checking = { request, caller: anna, signal: new AbortController().signal };
  for await (const item of checkPreflight({ ...bench.services, slow: slow() }, checking)) items.push(item);
  return items;
}
const last = (items: Preflight[]) => items.at(-1) ?? expect.fail('The check said nothing.');
const refusalOf = async (request: RunRequest) => {
  try {
    await bench.runs.start(request, anna);
  } catch (error) {
    if (error instanceof WorkbenchError) return error.data.reasons.map(({ code, subject }) => ({ code, subject }));
  }
  return expect.fail('It was started.');
};

const BROKEN = `*** Settings ***
Library    Nope
Library    broken.py
*** Variables ***
\${KNOWN}    1
*** Test Cases ***
One
    Log    \${KNOWN} \${FROM CONDITION} \${NOBODY}
    Unknown Keyword    x
    \${later} =    Set Variable    2
    Log    \${later}
Two
    No Operation
`;

describe('the preflight check', () => {
  it('finds by a dry run what will break: imports, syntax of a library of the data, keywords, variables, each with its place', async () => {
    const testDataId = await bench.import(folderWith({ 'a.robot': BROKEN, 'broken.py': 'def x(:\n' }), 'broken');
    const items = await check({ testDataId, condition: { name: 'c', yaml: 'from_condition: 1\n' } });
    expect(items.length).toBe(2);
    expect(items[0]?.pending.map(({ stage }) => stage)).toEqual(['dryrun']);
    const { reasons, pending, canStart, cases } = last(items);
    expect([pending, canStart, cases]).toEqual([[], true, 2]);
    expect(reasons.map(({ code, subject, severity }) => [code, subject, severity])).toEqual([
      ['IMPORT_BROKEN', 'Nope', 'warning'],
      ['IMPORT_BROKEN', 'broken.py', 'warning'],
      ['KEYWORD_UNKNOWN', 'Unknown Keyword', 'warning'],
      ['VARIABLE_MISSING', '${NOBODY}', 'warning'],
    ]);
    expect(reasons[2]?.repair).toEqual({ action: 'openFile', path: 'a.robot', line: 9 });
    expect(reasons[3]?.repair).toEqual({ action: 'defineVariable', name: '${NOBODY}' });
    expect(reasons[1]?.message).toMatch(/SyntaxError.*a\.robot, line 3/u);
    expect(known.size, 'kept for the next time').toBe(1);
    expect(last(await check({ testDataId, condition: { name: 'c', yaml: 'from_condition: 2\n' } })).reasons).toEqual(reasons);
    expect(known.size).toBe(1);
    expect(
      last(await check({ testDataId, selection: { include: [], exclude: [], suites: [], tests: ['Two'] } })).reasons.map(
        ({ code }) => code,
      ),
    ).not.toContain('KEYWORD_UNKNOWN');
  });

  it('says in one answer everything a start is refused for, and exactly that', async () => {
    const testDataId = await bench.import(folderWith({ 'b.robot': '*** Test Cases ***\nOne\n    Sleep    60\n' }), 'fine');
    bench.addSut('theirs', { reservedBy: 'berta' });
    bench.addSut('mine');
    const request: RunRequest = {
      testDataId,
      suts: ['theirs', 'ghost', 'mine'],
      condition: { name: 'c', yaml: '- not\n- a mapping\n' },
      options: { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: ['--output', 'x.xml'], priority: 0 },
    };
    const { reasons, canStart } = last(await check(request));
    expect(canStart).toBe(false);
    const errors = reasons.filter(({ severity }) => severity === 'error').map(({ code, subject }) => ({ code, subject }));
    expect(errors.map(({ code }) => code).sort()).toEqual(['CONDITION_BROKEN', 'OPTION_REFUSED', 'SUT_MISSING', 'SUT_NOT_RESERVED']);
    expect(await refusalOf(request)).toEqual(errors);

    const running = await bench.runs.start({ testDataId, suts: ['mine'] }, anna);
    await until(bench, running.id, ({ state }) => state === 'executing');
    const waiting = last(await check({ testDataId, suts: ['mine'] }));
    expect(waiting).toMatchObject({
      canStart: true,
      reasons: [{ code: 'SUT_IN_USE', subject: 'mine', repair: { action: 'waitForRun', runId: running.id } }],
    });
    await bench.runs.stop({ id: running.id, now: true }, anna);
    await until(bench, running.id, ({ state }) => state === 'ended');
  });

  it('ends what still looks when nobody listens any more', async () => {
    const testDataId = await bench.import(
      folderWith({
        'c.robot': '*** Settings ***\nLibrary    slow.py\n*** Test Cases ***\nOne\n    No Operation\n',
        'slow.py': 'import time\ntime.sleep(60)\n',
      }),
      'slow',
    );
    const leaving = new AbortController();
    const items = checkPreflight({ ...bench.services, slow: slow() }, { request: { testDataId }, caller: anna, signal: leaving.signal });
    expect((await items.next()).value).toMatchObject({ pending: [{ stage: 'dryrun' }] });
    const rest = items.next();
    leaving.abort();
    await rest;
    expect((await items.next()).done).toBe(true);
  });
});
