import { FolderTree } from 'lucide-react';
import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { useRemembered } from '../../kit/remembered.ts';
import { EmptyState, LoadingShape } from '../../kit/States.tsx';
import { useCrumbs } from '../../state/page.ts';
import { useTestData } from '../../state/test-data.ts';
import './new-run.css';
import { Plan } from './Plan.tsx';

/** The address may choose: `testData`, `revision`, and any number of `suite`, `test` (long names, or names) and `include` (tags). */
export default function NewRunPage(): ReactElement {
  const [search, setSearch] = useSearchParams();
  const [last, setLast] = useRemembered<string | null>('new-run.last', null);
  const { known, list } = useTestData();
  useCrumbs([{ label: 'Runs', href: addresses.runs }, { label: 'New run' }]);
  const wanted = search.get('testData');
  const testData = list.find(({ id }) => id === wanted) ?? (wanted === null ? (list.find(({ id }) => id === last) ?? list[0]) : undefined);
  const choose = (id: string): void => {
    setLast(id);
    setSearch({ testData: id }, { replace: true });
  };
  if (testData !== undefined)
    return (
      <>
        <PageHead title="New run" about={testData.name} />
        <Plan
          key={`${testData.id} ${search.toString()}`}
          testData={testData}
          preset={{
            revision: search.get('revision'),
            suites: search.getAll('suite'),
            tests: search.getAll('test'),
            include: search.getAll('include'),
          }}
          onTestData={choose}
          onStarted={() => setLast(testData.id)}
        />
      </>
    );
  return (
    <>
      <PageHead title="New run" />
      {known ? <Nothing gone={wanted !== null && list.length > 0} /> : <LoadingShape />}
    </>
  );
}

function Nothing({ gone }: { readonly gone: boolean }): ReactElement {
  return (
    <div className="page-body">
      {gone ? (
        <EmptyState
          title="These test data do not exist any more"
          why="They were removed. Choose others."
          actions={
            <Button small href={addresses.newRun()}>
              Choose test data
            </Button>
          }
        />
      ) : (
        <EmptyState
          title="There is nothing to run yet"
          why="A run takes its cases from test data: a folder, a .robot file or a zip. Drop one onto this window, or choose it there."
          actions={
            <Button small icon={<FolderTree />} href={addresses.testData}>
              Bring in test data
            </Button>
          }
        />
      )}
    </div>
  );
}
