import type { ReactElement } from 'react';
import { useParams } from 'wouter';
import type { Run } from '../../../src-shared/model/run.ts';
import { addresses } from '../../kit/addresses.ts';
import { formatStart } from '../../kit/format.ts';
import { PageHead } from '../../kit/Page.tsx';
import { PhaseBar } from '../../kit/PhaseBar.tsx';
import { ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';
import { useCrumbs } from '../../state/page.ts';
import { RunHead } from './RunHead.tsx';
import { RunState } from './RunState.tsx';
import { RunTabs } from './RunTabs.tsx';
import { useRecord } from './use-record.ts';
import { useRun } from './use-run.ts';
import './run.css';

export default function RunPage(): ReactElement {
  const { id = '' } = useParams<{ id: string }>();
  return <OneRun key={id} id={id} />;
}

function OneRun({ id }: { readonly id: string }): ReactElement {
  const { run, problem, again } = useRun(id);
  if (run !== null) return <KnownRun run={run} again={again} />;
  return (
    <>
      <PageHead title={problem === null ? '' : 'Run'} />
      <div className="page-body">{problem === null ? <LoadingShape /> : <ErrorState problem={problem} onRetry={again} />}</div>
    </>
  );
}

function KnownRun({ run, again }: { readonly run: Run; readonly again: () => void }): ReactElement {
  const now = useNow('minute');
  const view = useRecord(run.id);
  useCrumbs([{ label: 'Runs', href: addresses.runs }, { label: run.name }, { label: formatStart(run.startedAt ?? run.createdAt, now) }]);
  return (
    <>
      <RunHead run={run} again={again} />
      <PhaseBar run={run} />
      <RunState run={run} />
      <RunTabs run={run} view={view} />
    </>
  );
}
