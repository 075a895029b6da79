import { useEffect, useMemo, useRef, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useShallow } from 'zustand/react/shallow';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { useHotkeys } from '../../kit/use-hotkeys.ts';
import { useVerbs } from '../../kit/use-verbs.ts';
import { useSuts } from '../../state/suts.ts';
import { CasesPane } from './cases/CasesPane.tsx';
import { makeCaseTree, type CaseTree } from './model/case-tree.ts';
import { obstaclesOf, requestOf, type Draft } from './model/draft.ts';
import { flagsOf, picksFromNames, takenOf } from './model/picks.ts';
import { keepForPlan } from './model/handoff.ts';
import { PlanPane } from './plan/PlanPane.tsx';
import type { Repairs } from './preflight/repairs.ts';
import { usePreflight } from './preflight/use-preflight.ts';
import { useDraft, type ChangeDraft, type Preset } from './use-draft.ts';
import { useStart } from './use-start.ts';

interface Props {
  readonly testData: TestData;
  readonly preset: Preset;
  readonly onTestData: (id: string) => void;
  readonly onStarted: () => void;
}

export function Plan({ testData, preset, onTestData, onStarted }: Props): ReactElement {
  const [, go] = useLocation();
  const [draft, change] = useDraft(testData, preset);
  const revision = draft.revision ?? testData.newest.hash;
  const discovery = useCall(
    (signal) => client.testData.discover({ revision, testDataId: testData.id }, { signal }),
    [revision, testData.id],
  );
  const root = discovery.data?.revision === revision ? discovery.data.root : null;
  const tree = useMemo(() => (root === null ? null : makeCaseTree(root)), [root]);
  usePreset(tree, preset, change);
  const { flags, taken } = useTaken(tree, draft);
  const count = tree === null ? null : taken.filter(Boolean).length;
  const request = requestOf(draft, { testDataId: testData.id, tree });
  const standing = useStanding(draft.suts);
  // Until the tree is read nobody knows which cases are meant, unless all are.
  const check = usePreflight(tree === null && draft.picks !== null && discovery.loading ? null : request, [revision, standing]);
  const { start, busy, problem } = useStart(request, check.again);
  const local = obstaclesOf(draft, count);
  const repairs: Repairs = {
    testDataId: testData.id,
    planId: null,
    change,
    suts: draft.suts,
    onSuts: (suts) => change({ suts }),
    onVariable: (name) => change({ variables: `${draft.variables === '' ? '' : `${draft.variables}\n`}${name}:` }),
    again: check.again,
  };
  const begin = async (): Promise<void> => {
    if (busy || local.length > 0) return;
    const run = await start();
    if (run === null) return;
    onStarted();
    go(addresses.run(run.id));
  };
  const savePlan = (): void => {
    keepForPlan({ testDataId: testData.id, draft });
    go(addresses.plan('new'));
  };
  useHotkeys([{ keys: 'mod+enter', label: 'Run', whileTyping: true, run: () => void begin() }]);
  useVerbs('On this plan', [
    { id: 'new-run.start', label: `Run ${draft.name || testData.name}`, hint: 'Ctrl Enter', run: () => void begin() },
    { id: 'new-run.save', label: 'Save as plan', run: savePlan },
  ]);
  return (
    <div className="split ruled new-run">
      <CasesPane testDataId={testData.id} discovery={discovery} tree={tree} draft={draft} change={change} flags={flags} taken={taken} />
      <PlanPane
        testData={testData}
        onTestData={onTestData}
        tags={discovery.data?.tags ?? []}
        draft={draft}
        change={change}
        taken={count}
        check={check}
        repairs={repairs}
        local={local}
        problem={problem}
        busy={busy}
        onStart={() => void begin()}
        onSavePlan={savePlan}
      />
    </div>
  );
}

/** What the address asks for, once, as soon as the tree can tell what that is. */
function usePreset(tree: CaseTree | null, preset: Preset, change: ChangeDraft): void {
  const key = JSON.stringify(preset);
  const latest = useRef({ change, done: '' });
  useEffect(() => {
    latest.current.change = change;
  });
  useEffect(() => {
    const { suites, tests } = JSON.parse(key) as Preset;
    if (tree === null || suites.length + tests.length === 0 || latest.current.done === key) return;
    latest.current.done = key;
    latest.current.change({ picks: picksFromNames(tree, suites, tests) });
  }, [tree, key]);
}

function useTaken(tree: CaseTree | null, { picks, include, exclude }: Draft): { flags: readonly boolean[]; taken: readonly boolean[] } {
  const flags = useMemo(() => (tree === null ? [] : flagsOf(tree, picks)), [tree, picks]);
  const taken = useMemo(() => (tree === null ? [] : takenOf(tree, flags, { include, exclude })), [tree, flags, include, exclude]);
  return { flags, taken };
}

/** How the chosen machines stand, in words that change when it does: then everything is looked at again. */
function useStanding(names: readonly string[]): readonly string[] {
  return useSuts(
    useShallow((state) =>
      [...state.byId.values()]
        .filter(({ name }) => names.includes(name))
        .map(({ name, reservedBy, inUse }) => `${name} ${reservedBy ?? ''} ${inUse?.runId ?? ''}`),
    ),
  );
}
