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
import { useMe } from '../../state/system.ts';
import { CasesPane } from './cases/CasesPane.tsx';
import { makeCaseTree, type CaseTree } from './model/case-tree.ts';
import { obstaclesOf, type Draft, type Obstacle } from './model/draft.ts';
import { flagsOf, picksFromNames, takenOf } from './model/picks.ts';
import { sutObstacles } from './model/sut-facts.ts';
import { PlanPane } from './plan/PlanPane.tsx';
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
  const discovery = useCall((signal) => client.testData.discover({ revision }, { signal }), [revision]);
  const root = discovery.data?.revision === revision ? discovery.data.root : null;
  const tree = useMemo(() => (root === null ? null : makeCaseTree(root)), [root]);
  usePreset(tree, preset, change);
  const { flags, taken } = useTaken(tree, draft);
  const count = tree === null ? null : taken.filter(Boolean).length;
  const { start, busy, refusal } = useStart(draft, { testDataId: testData.id, tree });
  const local = useLocalObstacles(draft, count);
  // What the page has learned of a machine meanwhile is newer than what the harness answered of it: said once.
  const refused = (refusal?.obstacles ?? []).filter(({ sut }) => sut === null || !local.some((one) => one.sut === sut));
  const begin = async (): Promise<void> => {
    if (busy || local.length > 0) return;
    const run = await start();
    if (run === null) return;
    onStarted();
    go(addresses.run(run.id));
  };
  useHotkeys([{ keys: 'mod+enter', label: 'Run', whileTyping: true, run: () => void begin() }]);
  useVerbs('On this plan', [
    { id: 'new-run.start', label: `Run ${draft.name || testData.name}`, hint: 'Ctrl Enter', run: () => void begin() },
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
        obstacles={[...local, ...refused]}
        problem={refusal?.problem ?? null}
        busy={busy}
        onStart={() => void begin()}
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

function useLocalObstacles(draft: Draft, count: number | null): readonly Obstacle[] {
  const me = useMe();
  const known = useSuts((state) => state.known);
  const suts = useSuts(useShallow((state) => [...state.byId.values()].filter(({ name }) => draft.suts.includes(name))));
  const byName = new Map(suts.map((sut) => [sut.name, sut]));
  return [...(known ? sutObstacles(draft.suts, byName, me) : []), ...obstaclesOf(draft, count)];
}
