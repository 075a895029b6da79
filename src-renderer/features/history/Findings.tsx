import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { History } from '../../../src-shared/model/history.ts';
import { FLAKINESS_WORDS, FLAKY_FROM } from '../../../src-shared/model/history-figures.ts';
import { formatDuration } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { Note } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { Clusters } from './Clusters.tsx';
import { percent } from './subject.ts';

/** What the points say, each with its evidence. */
export function Findings({ history }: { readonly history: History }): ReactElement {
  const { failing, suspicion, flakiness, time, clusters, from } = history;
  return (
    <>
      {failing === null ? null : <FailingNow failing={failing} />}
      {suspicion === null ? null : (
        <div className="history-inset">
          <Note tone="warn">
            <b className="strong">Passes elsewhere, suspect the machine</b>
            <p className="mid small">
              {suspicion.sut} failed {suspicion.failed} times in a row; in that time it passed {suspicion.elsewherePassed} of{' '}
              {suspicion.elsewhereOf} times on others.
            </p>
            <Link className="small" href={addresses.historyOf('sut', suspicion.sut)}>
              History of {suspicion.sut}
            </Link>
          </Note>
        </div>
      )}
      <SectionHead ruled title="Flakiness" actions={<span className="dim small">flaky from {FLAKY_FROM * 100} %</span>} />
      <div className="history-inset">
        <p>
          <b className="strong history-score figures">{percent(flakiness.share)}</b>{' '}
          <span className="mid">
            {flakiness.changed} of {flakiness.pairs} pairs, {flakiness.flaky ? 'flaky' : 'not flaky'}
          </span>
        </p>
        <p className="dim small">{FLAKINESS_WORDS}</p>
      </div>
      {time === null ? null : (
        <>
          <SectionHead ruled title="Time" />
          <p className="history-inset">
            Held {formatDuration(time.heldMs)}, used by runs {formatDuration(time.usedMs)}
            <span className="dim small">
              {' '}
              since <When at={from} />
            </span>
          </p>
        </>
      )}
      <SectionHead ruled title="Messages by shape" count={clusters.length} />
      <Clusters clusters={clusters} />
    </>
  );
}

function FailingNow({ failing: { runs, since, lastPass, changed } }: { readonly failing: NonNullable<History['failing']> }): ReactElement {
  return (
    <>
      <SectionHead title="Failing" />
      <div className="history-inset">
        <p className="strong mark-failed">{runs === 1 ? 'The last run failed' : `${runs} runs in a row`}</p>
        <p className="small">
          First failure{' '}
          <Link href={addresses.run(since.runId)}>
            {since.runName}, <When at={since.at} />
          </Link>
          {lastPass === null ? (
            ', and no pass before.'
          ) : (
            <>
              , last pass <Link href={addresses.run(lastPass.runId)}>{<When at={lastPass.at} />}</Link>.{' '}
              {changed.length === 0
                ? 'Between them nothing that was chosen for the runs has changed.'
                : `Between them: ${changed.join('; ')}.`}
            </>
          )}
        </p>
        {lastPass === null ? null : (
          <Button small href={addresses.compare(lastPass.runId, since.runId)}>
            Compare the two
          </Button>
        )}
      </div>
    </>
  );
}
