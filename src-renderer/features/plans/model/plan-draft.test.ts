import { describe, expect, it } from 'vitest';
import type { TestPlan } from '../../../../src-shared/model/plan.ts';
import type { TestSuite } from '../../../../src-shared/model/test-data.ts';
import { makeCaseTree } from './case-tree.ts';
import { contentOf, draftOfPlan, EMPTY_PLAN, planObstacles } from './plan-draft.ts';

const test = (name: string, ...tags: string[]) => ({ name, tags, doc: '', line: null, template: null });
const suite = (longName: string, tests: TestSuite['tests'], suites: TestSuite[] = []): TestSuite => ({
  name: longName.split('.').at(-1) ?? '',
  longName,
  path: longName,
  kind: suites.length > 0 ? 'directory' : 'file',
  doc: '',
  tests,
  suites,
});
const tree = makeCaseTree(
  suite(
    'Firmware',
    [],
    [suite('Firmware.Power', [test('On'), test('Off', 'slow')]), suite('Firmware.Sensors', [test('Fan [1]'), test('Inlet')])],
  ),
);
const wanted = { testDataId: 't', tree, plan: null };
const planOf = (content: ReturnType<typeof contentOf>): TestPlan => ({ ...content, id: 'p' }) as unknown as TestPlan;

describe('the form of a plan', () => {
  it.each([
    [null],
    [{ suites: ['Firmware.Power'], tests: [] }],
    [{ suites: ['Firmware.Power'], tests: ['Firmware.Sensors.Fan [1]'] }],
    [{ suites: [], tests: ['Firmware.Sensors.Fan [1]'] }],
  ])('finds the chosen cases %j again in what was saved', (picks) => {
    const draft = { ...EMPTY_PLAN, name: 'smoke', picks };
    const again = draftOfPlan(planOf(contentOf(draft, wanted)), tree);
    expect(again.picks).toEqual(picks);
  });

  it('names suites without the root', () => {
    const { selection } = contentOf({ ...EMPTY_PLAN, name: 'x', picks: { suites: ['Firmware.Power'], tests: [] } }, wanted);
    expect(selection?.suites).toEqual(['Power']);
  });

  it('writes everything so that it is read again as it was', () => {
    const draft = {
      ...EMPTY_PLAN,
      name: 'nightly',
      doc: 'at night',
      timeLimit: '5400 s',
      robotOptions: '--loglevel TRACE "a b"',
      variables: 'A:1\nB:x y',
      retries: 2,
      sutCount: '2',
      sutTags: ['uefi'],
      sutFields: ['memoryGb >= 64'],
      libraries: ['11', '12@7'],
      conditionId: 'c',
      include: ['smokeANDfast'],
      order: { by: 'random', seed: 7 } as const,
    };
    expect(draftOfPlan(planOf(contentOf(draft, wanted)), tree)).toEqual(draft);
  });

  it('keeps what a plan selects while its tree cannot be read', () => {
    const plan = planOf(contentOf({ ...EMPTY_PLAN, name: 'x', picks: { suites: ['Firmware.Power'], tests: [] } }, wanted));
    expect(contentOf(draftOfPlan(plan, null), { testDataId: 't', tree: null, plan }).selection).toEqual(plan.selection);
  });

  it('says what cannot be saved', () => {
    expect(planObstacles({ ...EMPTY_PLAN, sutCount: 'many', sutFields: ['?'], timeLimit: 'soon' }, 0)).toHaveLength(5);
    expect(planObstacles({ ...EMPTY_PLAN, name: 'x' }, null)).toEqual([]);
  });
});
