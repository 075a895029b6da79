import { expect, it } from 'vitest';
import type { Run } from '../../../src-shared/model/run.ts';
import { compareTests, factsOf, flatten } from './compare-runs.ts';

const run: Run = {
  ...{ id: 'one', name: 'nightly', testDataId: null, revision: 'a'.repeat(64), suts: ['rack-1'], condition: null, plan: null },
  ...{ startedBy: 'ada', rerunOf: null, state: 'ended', verdict: 'passed', cause: null, total: 1, createdAt: 1, startedAt: 1, endedAt: 2 },
  ...{ happened: null, queuePosition: null, expectedEndAt: null, stop: null, important: false, skippedPhases: [], retriesLeft: 0 },
  ...{ imported: null, conditionBinding: null, phases: [], failure: null, robotVersion: '7.5', pythonVersion: '3.13', rebuilt: false },
  ...{ reruns: [], reportDirectory: '/x', provisioning: null, counts: { passed: 1, failed: 0, skipped: 0, notRun: 0 } },
  environment: { lockHash: null, libraries: [], packages: [{ name: 'robotframework', version: '7.5' }] },
  selection: { include: [], exclude: [], suites: [], tests: [] },
  options: { variables: [], timeLimitMs: null, silenceLimitMs: null, robotOptions: [], priority: 0 },
};

it('puts what differs first, down to the firmware of a machine, and leaves out what no run has', () => {
  const facts = factsOf([
    { run, machines: flatten({ 'rack-1': { bmc: { firmware: '2.98' } } }), variables: new Map([['LIMIT', '1']]) },
    { run: { ...run, robotVersion: '7.4' }, machines: flatten({ 'rack-1': { bmc: { firmware: '3.04' } } }), variables: new Map() },
  ]);
  const differing = facts.filter(({ differs }) => differs);
  expect(facts.slice(0, differing.length)).toEqual(differing);
  expect(differing.map(({ name, values }) => [name, ...values])).toEqual([
    ['Robot Framework', '7.5', '7.4'],
    ['rack-1.bmc.firmware', '2.98', '3.04'],
    ['LIMIT', '1', null],
  ]);
  expect(facts.map(({ name }) => name)).not.toContain('Image');
});

it('compares test by test, those of one name in their order, those that one run lacks included', () => {
  const result = (longName: string, status: 'passed' | 'failed') => ({ longName, status, elapsed: 2_000_000, message: null });
  const { tests, equalLeftOut } = compareTests([
    [result('Same', 'passed'), result('Twice', 'passed'), result('Twice', 'passed'), result('Only', 'passed')],
    [result('Same', 'passed'), result('Twice', 'passed'), result('Twice', 'failed')],
  ]);
  expect(tests.map(({ longName, differs }) => [longName, differs])).toEqual([
    ['Twice (2)', true],
    ['Only', true],
    ['Same', false],
    ['Twice', false],
  ]);
  expect(tests[0]?.outcomes).toMatchObject([{ status: 'passed', tookMs: 2000 }, { status: 'failed' }]);
  expect(tests[1]?.outcomes[1]).toBeNull();
  expect(equalLeftOut).toBe(0);
});
