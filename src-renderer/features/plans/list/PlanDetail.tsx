import { Grid3x3, Play, X } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { Select } from '@mantine/core';
import { useShallow } from 'zustand/react/shallow';
import type { TestPlan } from '../../../../src-shared/model/plan.ts';
import type { RunRequest } from '../../../../src-shared/model/run.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { Panel } from '../../../kit/Page.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useHotkeys } from '../../../kit/use-hotkeys.ts';
import { useVerbs } from '../../../kit/use-verbs.ts';
import { useConditions } from '../../../state/conditions.ts';
import { useSuts } from '../../../state/suts.ts';
import { PlanRow } from '../plan/PlanRow.tsx';
import { SutsRow } from '../plan/SutsRow.tsx';
import { PreflightPanel } from '../preflight/PreflightPanel.tsx';
import { RepairAndRun } from '../preflight/RepairAndRun.tsx';
import type { Repairs } from '../preflight/repairs.ts';
import { usePreflight } from '../preflight/use-preflight.ts';
import { useStart } from '../use-start.ts';
import { PlanFacts } from './PlanFacts.tsx';
import { PlanVerbs } from './PlanVerbs.tsx';

interface Props {
  readonly plan: TestPlan;
  readonly onClose: () => void;
}

/** One plan: what it says, on what it would run now, and why it cannot. */
export function PlanDetail({ plan, onClose }: Props): ReactElement {
  const [, go] = useLocation();
  const [suts, setSuts] = useState<readonly string[]>([]);
  const [conditionId, setConditionId] = useState(plan.conditionId);
  const request: RunRequest = { planId: plan.id, suts: [...suts], conditionId };
  const standing = useSuts(
    useShallow((state) =>
      [...state.byId.values()]
        .filter(({ name }) => suts.includes(name))
        .map((sut) => `${sut.name} ${sut.reservedBy ?? ''} ${sut.inUse?.runId ?? ''}`),
    ),
  );
  const check = usePreflight(request, [plan.version.sha256, standing]);
  const { start, busy, problem } = useStart(request, check.again);
  const run = async (): Promise<void> => {
    const started = busy ? null : await start();
    if (started !== null) go(addresses.run(started.id));
  };
  useHotkeys([{ keys: 'mod+enter', label: `Run ${plan.name}`, whileTyping: true, run: () => void run() }]);
  useVerbs(`On ${plan.name}`, [
    { id: 'plan.run', label: `Run ${plan.name}`, hint: 'Ctrl Enter', run: () => void run() },
    { id: 'plan.matrix', label: `Run ${plan.name} as matrix`, href: addresses.newMatrix(plan.id) },
    { id: 'plan.edit', label: `Edit ${plan.name}`, keys: 'e', run: () => go(addresses.editPlan(plan.id)) },
  ]);
  const cases = check.preflight?.cases ?? null;
  const repairs: Repairs = {
    testDataId: plan.testDataId,
    planId: plan.id,
    change: null,
    suts,
    onSuts: setSuts,
    onVariable: null,
    again: check.again,
  };
  return (
    <Panel label={plan.name}>
      <div className="row detail-title">
        <h2 className="panel-title ellipsis" title={plan.name}>
          {plan.name}
        </h2>
        <span className="dim small grow nowrap">version {plan.version.number}</span>
        <PlanVerbs plan={plan} onRemoved={onClose} />
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      <div className="scroll grow">
        <PlanFacts plan={plan} cases={cases} />
        <div className="plan-rows start-rows">
          <SutsRow chosen={suts} onChange={setSuts} />
          <StartCondition value={conditionId} onChange={setConditionId} />
        </div>
        {problem === null ? null : (
          <div className="detail-note">
            <ErrorState problem={problem} />
          </div>
        )}
        <PreflightPanel check={check} repairs={repairs} />
      </div>
      <div className="plan-foot">
        <Button variant="primary" icon={<Play />} keys="mod+enter" busy={busy} onClick={() => void run()}>
          {cases === null ? 'Run' : `Run ${formatAmount(cases, 'case')}`}
        </Button>
        <RepairAndRun check={check} repairs={repairs} onRun={() => void run()} />
        <Button icon={<Grid3x3 />} href={addresses.newMatrix(plan.id)}>
          Run as matrix
        </Button>
        <span className="grow" />
        <Button variant="quiet" busy={check.checking} onClick={check.again}>
          Check
        </Button>
      </div>
    </Panel>
  );
}

interface ConditionProps {
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}

function StartCondition({ value, onChange }: ConditionProps): ReactElement {
  const { list } = useConditions();
  return (
    <PlanRow label="Condition">
      <Select
        aria-label="Condition of this run"
        placeholder="None"
        data={list.map(({ id, name }) => ({ value: id, label: name }))}
        value={value}
        clearable
        searchable={list.length > 8}
        onChange={onChange}
      />
    </PlanRow>
  );
}
