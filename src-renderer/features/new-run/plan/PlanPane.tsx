import { Play } from 'lucide-react';
import { useEffect, useRef, type ReactElement } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Discovery, TestData } from '../../../../src-shared/model/test-data.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { useSuts } from '../../../state/suts.ts';
import { useSystem } from '../../../state/system.ts';
import type { Draft, Obstacle } from '../model/draft.ts';
import type { Refusal } from '../model/refusal.ts';
import { outlookOf } from '../model/sut-facts.ts';
import type { ChangeDraft } from '../use-draft.ts';
import { ConditionRow } from './ConditionRow.tsx';
import { Obstacles } from './Obstacles.tsx';
import { OptionRows } from './OptionRows.tsx';
import { SutsRow } from './SutsRow.tsx';
import { WhatRows } from './WhatRows.tsx';

interface Props {
  readonly testData: TestData;
  readonly onTestData: (id: string) => void;
  readonly tags: Discovery['tags'];
  readonly draft: Draft;
  readonly change: ChangeDraft;
  /** Cases that will run; null while nobody knows. */
  readonly taken: number | null;
  readonly obstacles: readonly Obstacle[];
  readonly problem: Refusal['problem'];
  readonly busy: boolean;
  readonly onStart: () => void;
}

export function PlanPane(props: Props): ReactElement {
  const { testData, onTestData, tags, draft, change, taken, obstacles, problem } = props;
  const reasons = useRef<HTMLDivElement>(null);
  const show = (): void => reasons.current?.scrollIntoView({ block: 'nearest' });
  const refused = problem !== null || obstacles.length > 0;
  const press = (): void => {
    show();
    props.onStart();
  };
  // An answer of the harness may stand below the edge; what one is typing must not scroll away.
  const asked = useRef(false);
  useEffect(() => {
    if (asked.current && !props.busy && refused) show();
    asked.current = props.busy;
  }, [props.busy, refused]);
  return (
    <section className="pane plan-pane" aria-label="Plan">
      <div className="grow plan-scroll">
        <div className="plan-rows">
          <WhatRows testData={testData} onTestData={onTestData} tags={tags} draft={draft} change={change} />
          <SutsRow chosen={draft.suts} onChange={(suts) => change({ suts })} />
          <ConditionRow condition={draft.condition} onChange={(condition) => change({ condition })} />
          <OptionRows draft={draft} change={change} />
        </div>
        <Outlook draft={draft} taken={taken} />
        <div ref={reasons}>
          <Obstacles obstacles={obstacles} problem={problem} draft={draft} change={change} />
        </div>
      </div>
      <div className="plan-foot">
        <Button variant="primary" icon={<Play />} keys="mod+enter" busy={props.busy} onClick={press}>
          {taken === null ? 'Run' : `Run ${formatAmount(taken, 'case')}`}
        </Button>
        {obstacles.length === 0 ? null : (
          <button type="button" className="link-button mark-failed small" onClick={show}>
            {formatAmount(obstacles.length, 'reason')} not to start
          </button>
        )}
      </div>
    </section>
  );
}

/** What pressing Run will mean. */
function Outlook({ draft, taken }: { readonly draft: Draft; readonly taken: number | null }): ReactElement {
  const chosen = useSuts(useShallow((state) => [...state.byId.values()].filter(({ name }) => draft.suts.includes(name))));
  const status = useSystem((state) => state.status);
  const where = draft.suts.length === 0 ? '' : ` on ${formatAmount(draft.suts.length, 'SUT')}`;
  return (
    <div className="outlook">
      <b className="strong">1 run</b>
      <span className="dim">
        {taken === null ? 'all cases' : formatAmount(taken, 'case')}
        {where}, {outlookOf(chosen, status)}
      </span>
    </div>
  );
}
