import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlanContent, type PlanInput } from '../../../src-shared/model/plan.ts';
import { WorkbenchError } from '../../errors.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { writeConditionRow } from '../conditions/save-condition.ts';
import { writePlan } from '../plans/save-plan.ts';
import { anna, ended, runBench, type Bench } from '../runs/run-bench.ts';
import { folderWith } from '../test-data/test-bench.ts';
import { rerunFailedCells, stopMatrix } from './act-on-matrix.ts';
import { readAllMatrices, readMatrix, readMatrixOverTime, type MatrixServices } from './matrix-services.ts';
import { startMatrix } from './start-matrix.ts';

let bench: Bench;
let services: MatrixServices;
beforeAll(async () => {
  bench = await runBench({ workers: 4 });
  services = { runs: bench.services, engine: bench.runs };
});
afterAll(async () => {
  await bench.close();
});

const writing = () => ({
  store: bench.store,
  changes: bench.changes,
  clock: bench.services.clock,
  hasRevision: () => true,
  secrets: createSecretStore(bench.store, [
    {
      id: 'test',
      protection: 'none',
      strong: false,
      seal: (text) => Promise.resolve(Buffer.from(text)),
      open: (sealed) => Promise.resolve(sealed.toString()),
    },
  ]),
});
const makePlan = (content: PlanInput) => writePlan(writing(), { id: null, content: PlanContent.parse(content) }, anna);
const makeCondition = (name: string, value: string) =>
  writeConditionRow(writing(), { id: null, content: { name, variables: [{ name: 'MODE', type: 'str', value }] } }, anna);
const allEnded = async (id: string) => {
  for (const { runIds } of readMatrix(bench.store, id).cells) await ended(bench, runIds.at(-1) ?? '');
  return readMatrix(bench.store, id);
};
const MODES = `*** Test Cases ***
Always
    Log    \${MODE} \${SUTs}
Only Good
    Should Be Equal    \${MODE}    good
`;

describe('a matrix', () => {
  it('makes every run at once, shows their verdicts, and runs again what failed', async () => {
    const testDataId = await bench.import(folderWith({ 'modes.robot': MODES }), 'modes');
    for (const name of ['m1', 'm2']) bench.addSut(name);
    const plan = makePlan({ name: 'modes', testDataId, sutNeeds: { count: 1 } });
    const [good, bad] = [await makeCondition('good', 'good'), await makeCondition('bad', 'bad')];
    const request = { planIds: [plan.id], conditionIds: [good.id, bad.id], suts: [['m1'], ['m2']], requestKey: 'once' };
    const [made, same] = [await startMatrix(services, request, anna), await startMatrix(services, request, anna)];
    expect(same.id).toBe(made.id);
    expect(made).toMatchObject({ name: 'modes', cellCount: 4, columns: [{ suts: ['m1'] }, { suts: ['m2'] }] });
    expect(made.rows.map(({ planName, conditionName }) => `${planName} ${conditionName}`)).toEqual(['modes good', 'modes bad']);
    const done = await allEnded(made.id);
    expect(done).toMatchObject({ ended: 4, verdicts: { passed: 2, failed: 2 } });
    expect(done.cells.map(({ row, column, run }) => [row, column, run?.verdict, run?.suts])).toEqual([
      [0, 0, 'passed', ['m1']],
      [0, 1, 'passed', ['m2']],
      [1, 0, 'failed', ['m1']],
      [1, 1, 'failed', ['m2']],
    ]);
    await rerunFailedCells(services, made.id, anna);
    const again = await allEnded(made.id);
    expect(again.cells.map(({ runIds }) => runIds.length)).toEqual([1, 1, 2, 2]);
    expect(again.cells[2]?.run).toMatchObject({ rerunOf: done.cells[2]?.run?.id, counts: { failed: 1, passed: 0 } });
    const times = readMatrixOverTime(bench.store, made.id);
    expect(times.map(({ points }) => points.map(({ verdict }) => verdict))).toEqual([['passed'], ['passed'], ['failed', 'failed'], ['failed', 'failed']]); // prettier-ignore
    expect(times[2]?.points.map(({ runId }) => runId)).toEqual(again.cells[2]?.runIds);
    expect(readAllMatrices(bench.store).map(({ id }) => id)).toEqual([made.id]);
    expect(bench.problems).toEqual([]);
  });

  it('makes nothing when one cell cannot start, and names every reason once', async () => {
    const testDataId = await bench.import(folderWith({ 'modes.robot': MODES }), 'more modes');
    bench.addSut('free');
    bench.addSut('taken', { reservedBy: 'berta' });
    const plan = makePlan({ name: 'needy', testDataId, sutNeeds: { count: 1, tags: ['uefi'] } });
    const [good, bad] = [await makeCondition('c1', 'good'), await makeCondition('c2', 'bad')];
    const before = bench.runs.active().length;
    const refused = startMatrix(services, { planIds: [plan.id], conditionIds: [good.id, bad.id], suts: [['free'], ['taken'], []] }, anna);
    const error = await refused.catch((each: unknown) => each);
    expect(error).toBeInstanceOf(WorkbenchError);
    expect((error as WorkbenchError).data.reasons.map(({ code, subject }) => `${code} ${subject}`).sort()).toEqual([
      'SUTS_TOO_FEW suts',
      'SUT_NOT_RESERVED taken',
      'SUT_WRONG_KIND free',
      'SUT_WRONG_KIND taken',
    ]);
    expect(bench.runs.active().length).toBe(before);
    expect(readAllMatrices(bench.store).length).toBe(1);
  });

  it('stops all its runs, those that wait too', async () => {
    const testDataId = await bench.import(folderWith({ 'slow.robot': '*** Test Cases ***\nSlow\n    Sleep    60\n' }), 'slow');
    bench.addSut('one');
    const plan = makePlan({ name: 'slow', testDataId });
    const conditionIds = [(await makeCondition('s1', '1')).id, (await makeCondition('s2', '2')).id, (await makeCondition('s3', '3')).id];
    const made = await startMatrix(services, { planIds: [plan.id], conditionIds, suts: [['one']] }, anna);
    await stopMatrix(services, made.id, anna);
    expect((await allEnded(made.id)).verdicts).toEqual({ stopped: 3 });
  });
});

describe('a retry policy', () => {
  it('runs what failed again by itself, as often as the plan says, and shows both merged', async () => {
    const count = folderWith({}, 'count');
    const flaky = `*** Settings ***
Library    OperatingSystem
*** Test Cases ***
Steady
    No Operation
Flaky
    \${times} =    Count Items In Directory    ${count}
    Create File    ${count}/\${times}
    Should Be True    \${times} >= 2
Never
    Fail    always
`;
    const testDataId = await bench.import(folderWith({ 'flaky.robot': flaky }), 'flaky');
    const plan = makePlan({ name: 'flaky', testDataId, retry: { times: 2 } });
    const first = await ended(bench, (await bench.runs.start({ planId: plan.id }, anna)).id);
    expect(first).toMatchObject({ verdict: 'failed', counts: { passed: 1, failed: 2 } });
    const second = await ended(bench, bench.runs.get(first.id).reruns[0] ?? '');
    expect(second).toMatchObject({ verdict: 'failed', rerunOf: first.id, counts: { passed: 0, failed: 2 } });
    const third = await ended(bench, bench.runs.get(second.id).reruns[0] ?? '');
    expect(third).toMatchObject({ verdict: 'failed', rerunOf: second.id, counts: { passed: 1, failed: 1 } });
    expect(bench.runs.get(third.id).reruns).toEqual([]);
  });
});
