import { Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useLocation, useParams } from 'wouter';
import type { TestPlan } from '../../../src-shared/model/plan.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { AreaLinks, TEST_DATA_AREAS } from '../../kit/AreaLinks.tsx';
import { Button } from '../../kit/Button.tsx';
import { DenseTable } from '../../kit/DenseTable.tsx';
import { DetailSplit } from '../../kit/DetailSplit.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { EmptyState, LoadingShape } from '../../kit/States.tsx';
import { useVerbs } from '../../kit/use-verbs.ts';
import { usePlans } from '../../state/plans.ts';
import { useCrumbs } from '../../state/page.ts';
import { PlanDetail } from './list/PlanDetail.tsx';
import { PLAN_COLUMNS } from './list/plan-columns.tsx';
import './new-run.css';

/** Saved choices of cases, and the one that is open beside them: checked and started from here. */
export default function PlansPage(): ReactElement {
  const { id = null } = useParams<{ id?: string }>();
  const [, go] = useLocation();
  const { known, list } = usePlans();
  const plan = list.find((each) => each.id === id);
  useCrumbs([
    { label: 'Test data', href: addresses.testData },
    { label: 'Plans', href: addresses.plans },
    ...(plan === undefined ? [] : [{ label: plan.name }]),
  ]);
  useVerbs('Plans', [{ id: 'plans.add', label: 'New plan', keys: 'c', icon: <Plus />, run: () => go(addresses.plan('new')) }]);
  const close = (): void => go(addresses.plans);
  return (
    <DetailSplit
      name="plans"
      list={<List known={known} list={list} selected={id} onOpen={(next) => go(addresses.plan(next))} />}
      detail={
        id === null ? null : plan === undefined ? (
          <Unknown known={known} onClose={close} />
        ) : (
          <PlanDetail key={id} plan={plan} onClose={close} />
        )
      }
      detailLabel={plan?.name ?? 'Plan'}
      usual={480}
      onClose={close}
    />
  );
}

interface ListProps {
  readonly known: boolean;
  readonly list: readonly TestPlan[];
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
}

function List({ known, list, selected, onOpen }: ListProps): ReactElement {
  const [find, setFind] = useState('');
  const wanted = find.trim().toLowerCase();
  const rows = list.filter(({ name, doc, testDataName }) => `${name}\n${doc}\n${testDataName ?? ''}`.toLowerCase().includes(wanted));
  return (
    <>
      <PageHead
        title="Plans"
        about={known ? formatCount(list.length) : undefined}
        actions={
          <Button variant={selected === null ? 'primary' : 'outline'} icon={<Plus />} href={addresses.plan('new')}>
            New plan
          </Button>
        }
      >
        <AreaLinks label="Test data" areas={TEST_DATA_AREAS} here={addresses.plans} />
      </PageHead>
      {list.length === 0 ? null : (
        <div className="filter-line">
          <SearchField slash value={find} onChange={setFind} placeholder="Name, test data" />
        </div>
      )}
      {!known ? (
        <LoadingShape />
      ) : rows.length === 0 ? (
        <div className="page-body">{list.length === 0 ? <Nothing /> : <EmptyState title={`No plan is named like “${find}”`} />}</div>
      ) : (
        <DenseTable
          ruled
          label="Plans"
          columns={PLAN_COLUMNS}
          rows={rows}
          keyOf={({ id }) => id}
          selected={selected}
          onSelect={({ id }) => onOpen(id)}
        />
      )}
    </>
  );
}

function Nothing(): ReactElement {
  return (
    <EmptyState
      title="No plans yet"
      why="A plan keeps a choice of cases with its libraries, limits and the machines it needs, so that it is started with one press."
      actions={
        <Button small href={addresses.plan('new')}>
          New plan
        </Button>
      }
    />
  );
}

function Unknown({ known, onClose }: { readonly known: boolean; readonly onClose: () => void }): ReactElement {
  if (!known) return <LoadingShape />;
  return (
    <div className="detail-note">
      <EmptyState
        title="This plan does not exist"
        why="It was removed, or the address is wrong. Runs keep what they were bound to."
        actions={
          <Button small onClick={onClose}>
            Close
          </Button>
        }
      />
    </div>
  );
}
