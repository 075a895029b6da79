import { useMemo, useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { TestPlan } from '../../../../src-shared/model/plan.ts';
import type { TestData } from '../../../../src-shared/model/test-data.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useAction, useCall } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import { CasesPane } from '../cases/CasesPane.tsx';
import { makeCaseTree } from '../model/case-tree.ts';
import type { Draft } from '../model/draft.ts';
import { flagsOf, takenOf } from '../model/picks.ts';
import { contentOf, draftOfPlan, EMPTY_PLAN, planObstacles, type PlanDraft } from '../model/plan-draft.ts';
import { PlanFields } from './PlanFields.tsx';

interface Props {
  /** Null: a new one. */
  readonly plan: TestPlan | null;
  /** What was put together for a run. */
  readonly begin: Draft | null;
  readonly testData: TestData;
  /** Null: a saved plan keeps its test data. */
  readonly onTestData: ((id: string) => void) | null;
}

export function EditPlan({ plan, begin, testData, onTestData }: Props): ReactElement {
  const [, go] = useLocation();
  const [changed, setChanged] = useState<Partial<PlanDraft>>({});
  const [told, setTold] = useState(false);
  const revision = (changed.revision === undefined ? (plan?.revision ?? begin?.revision ?? null) : changed.revision) ?? 'newest';
  const hash = revision === 'newest' ? testData.newest.hash : revision;
  const discovery = useCall(
    (signal) => client.testData.discover({ revision: hash, testDataId: testData.id }, { signal }),
    [hash, testData.id],
  );
  const root = discovery.data?.revision === hash ? discovery.data.root : null;
  const tree = useMemo(() => (root === null ? null : makeCaseTree(root)), [root]);
  const saved = useMemo((): PlanDraft => (plan === null ? { ...EMPTY_PLAN, ...begin } : draftOfPlan(plan, tree)), [plan, begin, tree]);
  const draft: PlanDraft = { ...saved, ...changed };
  const change = (part: Partial<PlanDraft>): void => setChanged((before) => ({ ...before, ...part }));
  const flags = useMemo(() => (tree === null ? [] : flagsOf(tree, draft.picks)), [tree, draft.picks]);
  const { include, exclude } = draft;
  const taken = useMemo(() => (tree === null ? [] : takenOf(tree, flags, { include, exclude })), [tree, flags, include, exclude]);
  const count = tree === null ? null : taken.filter(Boolean).length;
  const obstacles = planObstacles(draft, count);
  const dirty = plan === null || Object.keys(changed).length > 0;
  const save = useAction(async () => {
    setTold(true);
    if (obstacles.length > 0) return;
    const content = contentOf(draft, { testDataId: testData.id, tree, plan });
    const kept =
      plan === null
        ? await client.plans.create(content)
        : await client.plans.update({ id: plan.id, content, expected: plan.version.sha256 });
    go(addresses.plan(kept.id));
  });
  useHotkeys([{ keys: 'mod+s', label: 'Save the plan', whileTyping: true, run: () => void save.run() }]);
  return (
    <div className="split ruled new-run">
      <CasesPane testDataId={testData.id} discovery={discovery} tree={tree} draft={draft} change={change} flags={flags} taken={taken} />
      <section className="pane plan-pane" aria-label="Plan">
        <div className="grow plan-scroll">
          <PlanFields draft={draft} change={change} testData={testData} onTestData={onTestData} tags={discovery.data?.tags ?? []} />
          {told
            ? obstacles.map(({ title, why }) => (
                <div key={title} className="obstacle" role="alert">
                  <div className="grow">
                    <div className="strong mark-failed">{title}</div>
                    <div className="dim small">{why}</div>
                  </div>
                </div>
              ))
            : null}
          {save.problem === null ? null : (
            <div className="inset">
              <ErrorState problem={save.problem} />
            </div>
          )}
        </div>
        <div className="plan-foot">
          <Button
            variant="primary"
            keys="mod+s"
            busy={save.busy}
            disabledReason={dirty ? null : 'Nothing is changed'}
            onClick={() => void save.run()}
          >
            {plan === null ? 'Save plan' : `Save as version ${plan.version.number + 1}`}
          </Button>
          <Button variant="quiet" href={plan === null ? addresses.plans : addresses.plan(plan.id)}>
            Cancel
          </Button>
          <span className="grow" />
          <span className="dim small">{count === null ? '' : `${formatAmount(count, 'case')} now`}</span>
        </div>
      </section>
    </div>
  );
}
