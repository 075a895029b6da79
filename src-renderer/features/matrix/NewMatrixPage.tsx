import { MultiSelect, TextInput } from '@mantine/core';
import { Play } from 'lucide-react';
import { useRef, useState, type ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import { useShallow } from 'zustand/react/shallow';
import type { MatrixRequest } from '../../../src-shared/model/matrix.ts';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState } from '../../kit/States.tsx';
import { useHotkeys } from '../../kit/use-hotkeys.ts';
import { useConditions } from '../../state/conditions.ts';
import { useCrumbs } from '../../state/page.ts';
import { usePlans } from '../../state/plans.ts';
import { useSuts } from '../../state/suts.ts';
import { Preview, type Combination } from './Preview.tsx';
import './matrix.css';

/** The condition of the plan itself, or none. */
const PLAIN = 'plain';

export default function NewMatrixPage(): ReactElement {
  const [search] = useSearchParams();
  const [, go] = useLocation();
  const plans = usePlans();
  const conditions = useConditions();
  const suts = useSuts(useShallow((state) => state.order.flatMap((id) => state.byId.get(id) ?? [])));
  const [planIds, setPlanIds] = useState<readonly string[]>(search.getAll('plan'));
  const [conditionIds, setConditionIds] = useState<readonly string[]>([]);
  const [machines, setMachines] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const [without, setWithout] = useState<readonly Combination[]>([]);
  const asked = useRef<{ readonly said: string; readonly requestKey: string } | null>(null);
  useCrumbs([{ label: 'Runs', href: addresses.runs }, { label: 'Matrices', href: addresses.matrices }, { label: 'New matrix' }]);
  const all = planIds.length * Math.max(1, conditionIds.length) * Math.max(1, machines.length);
  const count = all - without.length;
  const start = useAction(async () => {
    const request: MatrixRequest = {
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      planIds: [...planIds],
      conditionIds: conditionIds.map((id) => (id === PLAIN ? null : id)),
      suts: machines.map((machine) => [machine]),
      without: without.map((each) => ({ ...each })),
    };
    const said = JSON.stringify(request);
    if (asked.current?.said !== said) asked.current = { said, requestKey: crypto.randomUUID() };
    const made = await client.matrices.start({ ...request, requestKey: asked.current.requestKey });
    go(addresses.matrix(made.id));
  });
  useHotkeys([{ keys: 'mod+enter', label: 'Run the matrix', whileTyping: true, run: () => count > 0 && void start.run() }]);
  // Places are numbers: what is left out holds only as long as the lists stay the same.
  const choose =
    (set: (values: readonly string[]) => void) =>
    (values: readonly string[]): void => {
      set(values);
      setWithout([]);
    };
  const conditionName = (id: string): string =>
    id === PLAIN ? 'as the plan says' : (conditions.list.find((each) => each.id === id)?.name ?? id);
  if (plans.known && plans.list.length === 0)
    return (
      <>
        <PageHead title="New matrix" />
        <div className="page-body">
          <EmptyState
            title="A matrix needs a plan"
            why="A plan keeps a choice of cases; the matrix runs it under each condition on each machine."
            actions={
              <Button small href={addresses.plan('new')}>
                New plan
              </Button>
            }
          />
        </div>
      </>
    );
  return (
    <>
      <PageHead title="New matrix" about={count > 0 ? formatAmount(count, 'run') : undefined} />
      <div className="scroll grow">
        <div className="column new-matrix">
          <MultiSelect
            label="Plans"
            data={plans.list.map((plan) => ({ value: plan.id, label: plan.name }))}
            value={[...planIds]}
            searchable
            onChange={choose(setPlanIds)}
          />
          <MultiSelect
            label="Conditions"
            placeholder={conditionIds.length === 0 ? 'As each plan says' : ''}
            data={[{ value: PLAIN, label: 'As the plan says' }, ...conditions.list.map((each) => ({ value: each.id, label: each.name }))]}
            value={[...conditionIds]}
            searchable
            onChange={choose(setConditionIds)}
          />
          <MultiSelect
            label="SUTs"
            description="Each is a column: the runs of a column wait for one another."
            placeholder={machines.length === 0 ? 'None: one column without a SUT' : ''}
            data={suts.filter(({ role }) => role === 'sut').map((sut) => sut.name)}
            value={[...machines]}
            searchable
            onChange={choose(setMachines)}
          />
          <TextInput
            label="Name"
            placeholder="Named after its plans"
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <Preview
          plans={planIds.map((id) => plans.list.find((plan) => plan.id === id)?.name ?? id)}
          conditions={(conditionIds.length === 0 ? [PLAIN] : conditionIds).map(conditionName)}
          suts={machines.length === 0 ? ['no SUT'] : machines}
          without={without}
          onChange={setWithout}
        />
        {start.problem === null ? null : (
          <div className="page-body">
            <ErrorState problem={start.problem} />
          </div>
        )}
      </div>
      <div className="row detail-foot">
        <Button
          variant="primary"
          icon={<Play />}
          keys="mod+enter"
          busy={start.busy}
          disabledReason={count > 0 ? null : 'Choose a plan first'}
          onClick={() => void start.run()}
        >
          {count > 0 ? `Start ${formatAmount(count, 'run')}` : 'Start'}
        </Button>
        <span className="dim small">All are started, or none: a reason against one is told before anything is queued.</span>
      </div>
    </>
  );
}
