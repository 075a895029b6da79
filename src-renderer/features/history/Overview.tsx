import type { ReactElement, ReactNode } from 'react';
import { Link } from 'wouter';
import type { TestNews } from '../../../src-shared/model/history.ts';
import { FLAKINESS_WORDS } from '../../../src-shared/model/history-figures.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { AreaLinks, RUN_AREAS } from '../../kit/AreaLinks.tsx';
import { PageHead, SectionHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { VerdictStrip } from '../../kit/VerdictStrip.tsx';
import { useCrumbs } from '../../state/page.ts';
import { useRuns } from '../../state/runs.ts';
import { Clusters } from './Clusters.tsx';
import { percent } from './subject.ts';

/** What a test manager asks in the morning: what broke since yesterday, and what cannot be trusted. */
export function Overview(): ReactElement {
  const settled = useRuns((state) => state.settled);
  const { data, problem, again } = useCall((signal) => client.history.overview(undefined, { signal }), [settled]);
  useCrumbs([{ label: 'Runs', href: addresses.runs }, { label: 'History' }]);
  const nothing = data !== null && data.broke.length + data.flaky.length + data.clusters.length === 0;
  return (
    <>
      <PageHead title="History">
        <AreaLinks label="Runs" areas={RUN_AREAS} here={addresses.history} />
      </PageHead>
      {problem === null ? null : (
        <div className="page-body">
          <ErrorState problem={problem} onRetry={again} />
        </div>
      )}
      {data === null && problem === null ? <LoadingShape rows={8} /> : null}
      {nothing ? (
        <div className="page-body">
          <EmptyState
            title="Nothing failed within a week"
            why="Tests that break or waver are listed here by themselves. The history of a case, plan or SUT is opened from its page."
          />
        </div>
      ) : null}
      {data === null || nothing ? null : (
        <div className="history-overview scroll grow">
          <Tests title="Broke within a day" none="Nothing that passed before fails now." tests={data.broke} />
          <Tests title="Flaky" none="Nothing that failed within a week is flaky." tests={data.flaky} about={FLAKINESS_WORDS} />
          <section aria-label="Messages">
            <SectionHead ruled title="Messages by shape" count={data.clusters.length} about="of the last week" />
            <Clusters clusters={data.clusters} />
          </section>
        </div>
      )}
    </>
  );
}

interface TestsProps {
  readonly title: string;
  readonly none: string;
  readonly tests: readonly TestNews[];
  readonly about?: ReactNode;
}

function Tests({ title, none, tests, about }: TestsProps): ReactElement {
  return (
    <section aria-label={title}>
      <SectionHead ruled title={title} count={tests.length} />
      {about === undefined || tests.length === 0 ? null : <p className="history-about dim small">{about}</p>}
      {tests.length === 0 ? <p className="history-about dim small">{none}</p> : null}
      {tests.map(({ longName, testDataId, strip, flakiness, failingSince, lastRunId, message }) => (
        <div key={`${testDataId ?? ''} ${longName}`} className="history-test">
          <Link className="strong ellipsis history-name" href={addresses.historyOf('test', longName)} title={longName}>
            {longName}
          </Link>
          <VerdictStrip verdicts={strip} />
          <span className="figures small right" title={`${flakiness.changed} of ${flakiness.pairs} pairs`}>
            {percent(flakiness.share)}
          </span>
          <span className="mid small ellipsis mono" title={message ?? undefined}>
            {message}
          </span>
          <span className="dim small nowrap right">
            {failingSince === null ? (
              'passes now'
            ) : (
              <>
                since <When at={failingSince} />
              </>
            )}
          </span>
          <Link className="small nowrap" href={addresses.run(lastRunId)}>
            Last failed run
          </Link>
        </div>
      ))}
    </section>
  );
}
