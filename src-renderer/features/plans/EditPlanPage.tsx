import { useState, type ReactElement } from 'react';
import { useParams, useSearchParams } from 'wouter';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useCrumbs } from '../../state/page.ts';
import { useTestData } from '../../state/test-data.ts';
import { EditPlan } from './edit/EditPlan.tsx';
import { takeForPlan } from './model/handoff.ts';
import './new-run.css';

/** A plan as a form: cases left, the rest of it right. `/plans/new` begins with what was put together for a run, or empty. */
export default function EditPlanPage(): ReactElement {
  const { id } = useParams<{ id?: string }>();
  return id === undefined ? <NewPlan /> : <KnownPlan key={id} id={id} />;
}

function KnownPlan({ id }: { readonly id: string }): ReactElement {
  const { data, problem, again } = useCall((signal) => client.plans.get({ id }, { signal }), [id]);
  const testData = useTestData((state) => state.list.find((each) => each.id === data?.testDataId));
  const known = useTestData((state) => state.known);
  useCrumbs(crumbs(data?.name ?? 'Plan', data === null ? undefined : addresses.plan(data.id)));
  if (data !== null && testData !== undefined)
    return (
      <>
        <PageHead title="Edit plan" about={data.name} />
        <EditPlan key={data.version.sha256} plan={data} begin={null} testData={testData} onTestData={null} />
      </>
    );
  return (
    <>
      <PageHead title="Edit plan" />
      <div className="page-body">
        {problem === null ? (
          data !== null && known ? (
            <EmptyState title="The test data of this plan were removed" why="A plan without test data cannot be run. Make another one." />
          ) : (
            <LoadingShape />
          )
        ) : (
          <ErrorState problem={problem} onRetry={again} />
        )}
      </div>
    </>
  );
}

function NewPlan(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const [begin] = useState(takeForPlan);
  const { known, list } = useTestData();
  const offered = list.filter(({ archivedAt }) => archivedAt === null);
  const wanted = search.get('testData') ?? begin?.testDataId;
  const testData = offered.find(({ id }) => id === wanted) ?? offered[0];
  useCrumbs(crumbs('New plan'));
  if (testData !== undefined)
    return (
      <>
        <PageHead title="New plan" about={testData.name} />
        <EditPlan
          key={testData.id}
          plan={null}
          begin={begin?.testDataId === testData.id ? begin.draft : null}
          testData={testData}
          onTestData={(next) => setSearch({ testData: next }, { replace: true })}
        />
      </>
    );
  return (
    <>
      <PageHead title="New plan" />
      {known ? (
        <div className="page-body">
          <EmptyState
            title="There is nothing to plan yet"
            why="A plan chooses cases of test data. Bring some in first."
            actions={
              <Button small href={addresses.testData}>
                Bring in test data
              </Button>
            }
          />
        </div>
      ) : (
        <LoadingShape />
      )}
    </>
  );
}

function crumbs(label: string, href?: string): { label: string; href?: string }[] {
  const own = href === undefined ? [{ label }] : [{ label, href }, { label: 'Edit' }];
  return [{ label: 'Test data', href: addresses.testData }, { label: 'Plans', href: addresses.plans }, ...own];
}
