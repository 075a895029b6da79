import { Play } from 'lucide-react';
import { useRef, type ReactElement } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import type { Discovery, TestData } from '../../../../src-shared/model/test-data.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import type { Problem } from '../../../kit/problem.ts';
import { ErrorState } from '../../../kit/States.tsx';
import { useSuts } from '../../../state/suts.ts';
import { useSystem } from '../../../state/system.ts';
import type { Draft, Obstacle } from '../model/draft.ts';
import { outlookOf, reservedByRun } from '../model/sut-facts.ts';
import { PreflightPanel } from '../preflight/PreflightPanel.tsx';
import { RepairAndRun } from '../preflight/RepairAndRun.tsx';
import type { Repairs } from '../preflight/repairs.ts';
import type { Check } from '../preflight/use-preflight.ts';
import type { ChangeDraft } from '../use-draft.ts';
import { ConditionRow } from './ConditionRow.tsx';
import { OptionRows } from './OptionRows.tsx';
import { ProvisioningRow } from './ProvisioningRow.tsx';
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
  readonly check: Check;
  readonly repairs: Repairs;
  readonly local: readonly Obstacle[];
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly onStart: () => void;
  readonly onSavePlan: () => void;
}

export function PlanPane(props: Props): ReactElement {
  const { testData, onTestData, tags, draft, change, taken, check, local, problem } = props;
  const reasons = useRef<HTMLDivElement>(null);
  const show = (): void => reasons.current?.scrollIntoView({ block: 'nearest' });
  const errors = (check.preflight?.reasons ?? []).filter(({ severity }) => severity === 'error').length + local.length;
  const chosen = useSuts(useShallow((state) => [...state.byId.values()].filter(({ name }) => draft.suts.includes(name))));
  const verb = reservedByRun(chosen).length === 0 ? 'Run' : 'Reserve and run';
  const press = (): void => {
    if (errors > 0) show();
    props.onStart();
  };
  return (
    <section className="pane plan-pane" aria-label="Plan">
      <div className="grow plan-scroll">
        <div className="plan-rows">
          <WhatRows testData={testData} onTestData={onTestData} tags={tags} draft={draft} change={change} />
          <SutsRow chosen={draft.suts} onChange={(suts) => change({ suts })} />
          <ConditionRow draft={draft} change={change} />
          <ProvisioningRow
            testDataId={testData.id}
            revision={draft.revision}
            choice={draft.provisioning}
            suts={draft.suts}
            onChange={(provisioning) => change({ provisioning })}
          />
          <OptionRows draft={draft} change={change} />
        </div>
        <Outlook draft={draft} taken={taken} chosen={chosen} />
        <div ref={reasons}>
          {problem === null ? null : (
            <div className="inset">
              <ErrorState problem={problem} />
            </div>
          )}
          <PreflightPanel check={check} repairs={props.repairs} local={local} />
        </div>
      </div>
      <div className="plan-foot">
        <Button variant="primary" icon={<Play />} keys="mod+enter" busy={props.busy} onClick={press}>
          {taken === null ? verb : `${verb} ${formatAmount(taken, 'case')}`}
        </Button>
        <RepairAndRun check={check} repairs={props.repairs} onRun={props.onStart} />
        {errors === 0 ? null : (
          <button type="button" className="link-button mark-failed small" onClick={show}>
            {formatAmount(errors, 'reason')} not to start
          </button>
        )}
        <span className="grow" />
        <Button variant="quiet" onClick={props.onSavePlan}>
          Save as plan
        </Button>
      </div>
    </section>
  );
}

interface OutlookProps {
  readonly draft: Draft;
  readonly taken: number | null;
  readonly chosen: readonly Sut[];
}

/** What pressing Run will mean. */
function Outlook({ draft, taken, chosen }: OutlookProps): ReactElement {
  const held = reservedByRun(chosen).map(({ name }) => name);
  const status = useSystem((state) => state.status);
  const where = draft.suts.length === 0 ? '' : ` on ${formatAmount(draft.suts.length, 'SUT')}`;
  return (
    <div className="outlook">
      <b className="strong">1 run</b>
      <span className="dim">
        {taken === null ? 'all cases' : formatAmount(taken, 'case')}
        {where}, {outlookOf(chosen, status)}
        {held.length === 0 ? '' : `, holds ${held.join(', ')} until it ends`}
      </span>
    </div>
  );
}
