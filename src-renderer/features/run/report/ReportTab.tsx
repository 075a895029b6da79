import type { ReactElement } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import { client, server } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { Artefacts } from './Artefacts.tsx';
import { clusterFailures } from './cluster-failures.ts';
import { Clusters } from './Clusters.tsx';
import { ExecutionErrors } from './ExecutionErrors.tsx';
import { Triage } from '../triage/Triage.tsx';
import { useTriage } from '../triage/use-triage.ts';
import { Merged } from './Merged.tsx';
import { Removed } from './Removed.tsx';

const MOST = 2000;

/** The finished run for a reader: what it comes to, why, what it left, and how its reruns went. */
export function ReportTab({ run }: { readonly run: Run }): ReactElement {
  const ended = run.state === 'ended';
  const { data, problem, again } = useCall(
    (signal) => client.record.failures({ id: run.id, limit: MOST }, { signal }),
    [run.id, ended, run.counts.failed],
  );
  const triage = useTriage(run.id, run.endedAt);
  const clusters = clusterFailures(data?.failures ?? []);
  return (
    <div className="report-tab">
      <p className="report-sentence">
        <Sentence run={run} clusters={clusters.length} largest={clusters[0]?.failures.length ?? 0} />
      </p>
      {ended && server === 'harness' ? <Removed run={run} /> : null}
      {problem === null ? null : <ErrorState problem={problem} onRetry={again} />}
      {data === null && problem === null ? <LoadingShape rows={4} /> : null}
      {clusters.length === 0 ? null : <Clusters run={run} clusters={clusters} total={data?.total ?? 0} onKnown={triage.again} />}
      {ended ? <Triage run={run} of={triage} /> : null}
      <ExecutionErrors run={run} />
      {run.reruns.length > 0 || run.rerunOf !== null ? <Merged run={run} /> : null}
      {ended ? (
        <Artefacts run={run} />
      ) : (
        <div className="page-body">
          <EmptyState title="No artefacts yet" why="The report is collected when the run has ended." />
        </div>
      )}
    </div>
  );
}

interface SentenceProps {
  readonly run: Run;
  readonly clusters: number;
  readonly largest: number;
}

function Sentence({ run, clusters, largest }: SentenceProps): ReactElement {
  const { failed, passed, skipped, notRun } = run.counts;
  const goesOn = run.state !== 'ended';
  if (failed === 0) {
    const rest = [skipped > 0 ? `${skipped} skipped` : '', notRun > 0 ? `${notRun} not run` : ''].filter(Boolean).join(', ');
    return (
      <>
        <b>
          {passed} of {run.total} tests passed{goesOn ? ' so far' : ''}.
        </b>{' '}
        {rest === '' ? '' : `${rest}.`}
      </>
    );
  }
  return (
    <>
      <b>
        {failed} of {run.total} tests failed{goesOn ? ' so far' : ''}
        {failed > 1 && largest > 1 ? `, ${largest === failed ? 'all' : largest} of them in one way` : ''}.
      </b>{' '}
      {clusters > 1 ? `The messages have ${clusters} shapes. ` : ''}
      {passed} passed{skipped > 0 ? `, ${skipped} skipped` : ''}
      {notRun > 0 ? `, ${notRun} not run` : ''}.
    </>
  );
}
