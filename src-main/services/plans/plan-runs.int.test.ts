import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConditionInput } from '../../../src-shared/model/condition.ts';
import { PlanContent, type PlanInput } from '../../../src-shared/model/plan.ts';
import { createSecretStore } from '../secrets/secret-store.ts';
import { writeConditionRow } from '../conditions/save-condition.ts';
import { anna, ended, runBench, runToEnd, type Bench } from '../runs/run-bench.ts';
import { folderWith } from '../test-data/test-bench.ts';
import { removePlan, writePlan } from './save-plan.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await runBench();
});
afterAll(async () => {
  await bench.close();
});

const plain = {
  id: 'test',
  protection: 'none',
  strong: false,
  seal: (text: string) => Promise.resolve(Buffer.from(text)),
  open: (sealed: Buffer) => Promise.resolve(sealed.toString()),
};
const services = () => ({
  store: bench.store,
  changes: bench.changes,
  clock: bench.services.clock,
  hasRevision: (id: string, revision: string) => bench.services.testData.sizeOf(id, revision) !== undefined,
  secrets: createSecretStore(bench.store, [plain]),
});
const makePlan = (content: PlanInput) => writePlan(services(), { id: null, content: PlanContent.parse(content) }, anna);
const makeCondition = (content: ConditionInput) => writeConditionRow(services(), { id: null, content }, anna);

const TYPES = `*** Test Cases ***
Types
    Should Be True    type($TEXT) is str and $TEXT == '007'
    Should Be True    type($WHOLE) is int and $WHOLE == 42
    Should Be True    type($HUGE) is int and $HUGE == 12345678901234567890123
    Should Be True    type($RATIO) is float and $RATIO == 3
    Should Be True    type($DEEP) is float and $DEEP == -0.5
    Should Be True    $YES is True and $NOTHING is None
    Should Be True    $LIST == [1, 'two', None]
    Should Be Equal    \${DICT.a.b}    deep
    Should Be Equal    \${BASE}    child
Secret
    Should Be True    type($PASSWORD).__name__ == 'Secret' and $PASSWORD.value[::-1] == 'ecno-2retnuh'
    Log    \${PASSWORD}
`;

describe('a run from a plan', () => {
  it('gives Robot every variable with its own type, and secrets as Secret that are written nowhere', async () => {
    const base = await makeCondition({
      name: 'base',
      variables: [
        { name: 'BASE', type: 'str', value: 'parent' },
        { name: 'WHOLE', type: 'int', value: 42 },
      ],
    });
    const condition = await makeCondition({
      name: 'types',
      parentId: base.id,
      variables: [
        { name: 'base', type: 'str', value: 'child' },
        { name: 'TEXT', type: 'str', value: '007' },
        { name: 'HUGE', type: 'int', value: '12345678901234567890123' },
        { name: 'RATIO', type: 'float', value: 3 },
        { name: 'DEEP', type: 'float', value: -0.5 },
        { name: 'YES', type: 'bool', value: true },
        { name: 'NOTHING', type: 'none' },
        { name: 'LIST', type: 'list', value: [1, 'two', null] },
        { name: 'DICT', type: 'dict', value: { a: { b: 'deep' } } },
        { name: 'PASSWORD', type: 'secret', secret: 'hunter2-once' },
      ],
    });
    const testDataId = await bench.import(folderWith({ 'types.robot': TYPES }), 'types');
    const plan = makePlan({ name: 'typed', testDataId, conditionId: condition.id, options: { robotOptions: ['--loglevel', 'TRACE'] } });
    const run = await runToEnd(bench.runs, bench.changes, { planId: plan.id });
    expect(run, JSON.stringify(run.happened)).toMatchObject({
      verdict: 'passed',
      condition: 'types',
      plan: { id: plan.id, name: 'typed' },
    });
    for (const file of ['output.xml', 'log.html', 'console.txt', 'record.db', '../workspace/vars.json', '../workspace/vars.yaml']) {
      const path = join(run.reportDirectory, file);
      expect(existsSync(path), file).toBe(true);
      expect(readFileSync(path).includes('hunter2-once'), file).toBe(false);
    }
    expect(bench.problems).toEqual([]);
  });

  it('keeps what it was bound to when plan, condition and secret are changed or removed, also in a rerun', async () => {
    const suite =
      '*** Test Cases ***\nOne\n    Should Be Equal    ${WHO}    first\n    Should Be True    $KEY.value == "old"\nTwo\n    Log    2\n';
    const testDataId = await bench.import(folderWith({ 'who.robot': suite }), 'who');
    const condition = await makeCondition({
      name: 'who',
      variables: [
        { name: 'WHO', type: 'str', value: 'first' },
        { name: 'KEY', type: 'secret', secret: 'old' },
      ],
    });
    const plan = makePlan({ name: 'who', testDataId, conditionId: condition.id, selection: { tests: ['One'] } });
    const first = await runToEnd(bench.runs, bench.changes, { planId: plan.id });
    expect(first).toMatchObject({ verdict: 'passed', counts: { passed: 1 } });

    const changed = [
      { name: 'WHO', type: 'str' as const, value: 'second' },
      { name: 'KEY', type: 'secret' as const, secret: 'new' },
    ];
    await writeConditionRow(services(), { id: condition.id, content: { name: 'who', variables: changed } }, anna);
    const other = writePlan(
      services(),
      { id: plan.id, content: { ...PlanContent.parse(plan), selection: { include: [], exclude: [], suites: [], tests: ['Two'] } } },
      anna,
    );
    expect(other.version.number).toBe(2);
    const second = await runToEnd(bench.runs, bench.changes, { planId: plan.id });
    expect(second).toMatchObject({ verdict: 'passed', counts: { passed: 1 } });
    expect(second.plan?.sha256).not.toBe(first.plan?.sha256);
    expect(second.conditionBinding?.sha256).not.toBe(first.conditionBinding?.sha256);

    removePlan(services(), plan.id);
    const again = await bench.runs.rerun({ id: first.id, failedOnly: false }, anna);
    expect(await ended(bench, again.id)).toMatchObject({ verdict: 'passed', plan: first.plan, conditionBinding: first.conditionBinding });
  });

  it('runs tests in the listed order, and a drawn order again in a rerun', async () => {
    const tests = (names: string) => `*** Test Cases ***\n${[...names].map((name) => `${name}\n    Log    ${name}\n`).join('')}`;
    const testDataId = await bench.import(folderWith({ 'a.robot': tests('123'), 'b.robot': tests('456789') }), 'order');
    const orderOf = (id: string) =>
      bench.store
        .prepare<[string], string>(
          'SELECT n.long_name FROM run_result AS r JOIN result_name AS n ON n.id = r.name_id JOIN run ON run.number = r.run WHERE run.id = ? ORDER BY r.ordinal',
        )
        .pluck()
        .all(id)
        .map((name) => name.at(-1))
        .join('');
    const listed = makePlan({ name: 'listed', testDataId, order: { by: 'listed', tests: ['B.6', 'A.3', 'b.4'] } });
    expect(orderOf((await runToEnd(bench.runs, bench.changes, { planId: listed.id })).id)).toBe('645789312');
    const random = makePlan({ name: 'random', testDataId, order: { by: 'random' } });
    const first = await runToEnd(bench.runs, bench.changes, { planId: random.id });
    const again = await ended(bench, (await bench.runs.rerun({ id: first.id, failedOnly: false }, anna)).id);
    expect(orderOf(again.id)).toBe(orderOf(first.id));
    expect([...orderOf(first.id)].sort().join('')).toBe('123456789');
  });
});
