import type { ReactElement } from 'react';
import { useParams } from 'wouter';
import type { TestData, TestDataRevision } from '../../../src-shared/model/test-data.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useCrumbs } from '../../state/page.ts';
import { useTestData } from '../../state/test-data.ts';
import { RevisionView } from './RevisionView.tsx';
import './test-data.css';
import { usePlace } from './use-place.ts';

export default function OneTestDataPage(): ReactElement {
  const { id = '' } = useParams<{ id: string }>();
  return <One key={id} id={id} />;
}

function One({ id }: { readonly id: string }): ReactElement {
  const live = useTestData((state) => state.list.find((each) => each.id === id));
  const { data, problem, again } = useCall((signal) => client.testData.get({ id }, { signal }), [id, live]);
  useCrumbs([{ label: 'Test data', href: addresses.testData }, { label: data?.testData.name ?? live?.name ?? 'Test data' }]);
  if (data !== null && problem?.code !== 'NOT_FOUND') return <Known testData={data.testData} revisions={data.revisions} />;
  return (
    <>
      <PageHead title={live?.name ?? 'Test data'} />
      <div className="page-body">
        {problem === null ? (
          <LoadingShape rows={12} />
        ) : (
          <ErrorState
            problem={problem}
            onRetry={again}
            actions={
              <Button small href={addresses.testData}>
                All test data
              </Button>
            }
          />
        )}
      </div>
    </>
  );
}

interface KnownProps {
  readonly testData: TestData;
  readonly revisions: readonly TestDataRevision[];
}

function Known({ testData, revisions }: KnownProps): ReactElement {
  const [place] = usePlace();
  const revision = revisions.find(({ hash, number }) => hash === place.revision || String(number) === place.revision) ?? testData.newest;
  return <RevisionView key={revision.number} testData={testData} revisions={revisions} revision={revision} />;
}
