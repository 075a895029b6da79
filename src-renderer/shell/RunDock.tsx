import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useShallow } from 'zustand/react/shallow';
import type { RunSummary } from '../../src-shared/model/run.ts';
import { formatAmount, formatRough, formatShare } from '../../src-shared/text/quantities.ts';
import { addresses } from '../kit/addresses.ts';
import { markOfRun } from '../kit/marks.ts';
import { doneCount } from '../kit/phases.ts';
import { PhaseStrip } from '../kit/PhaseStrip.tsx';
import { useNow } from '../kit/use-now.ts';
import { VerdictIcon } from '../kit/VerdictIcon.tsx';
import { useRuns } from '../state/runs.ts';
import { useSystem } from '../state/system.ts';

const MOST = 3;

/** Up to three running runs, seen from every page; the newest, because they are what the person just did. */
export function RunDock(): ReactElement | null {
  const shown = useRuns(useShallow((state) => state.running.slice(-MOST)));
  const more = useRuns((state) => Math.max(0, state.running.length - MOST));
  const running = useSystem((state) => state.status?.running ?? 0);
  const workers = useSystem((state) => state.status?.workers ?? 0);
  if (shown.length === 0) return null;
  return (
    <section className="dock" aria-label="Running, from every page">
      <div className="dock-head">
        <span>Running</span>
        <span className="figures">
          {running} of {formatAmount(workers, 'worker')}
        </span>
      </div>
      {shown.map((id) => (
        <Docked key={id} id={id} />
      ))}
      {more === 0 ? null : (
        <Link className="dim tiny" href={addresses.today}>
          and {more} more
        </Link>
      )}
    </section>
  );
}

function Docked({ id }: { readonly id: string }): ReactElement | null {
  const run = useRuns((state) => state.active.get(id));
  if (run === undefined) return null;
  return (
    <Link href={addresses.run(id)} className="docked" title={[run.name, ...run.suts].join(' · ')}>
      <span className="row tight">
        <VerdictIcon mark={markOfRun(run)} />
        <span className="ellipsis grow">{run.name}</span>
        <span className="dim nowrap figures">
          <HowFar run={run} />
        </span>
      </span>
      <PhaseStrip run={run} />
    </Link>
  );
}

/** The share where it is known, else how long it goes on. */
function HowFar({ run }: { readonly run: RunSummary }): ReactElement {
  const now = useNow('second');
  if (run.state === 'executing' && run.total > 0) return <>{formatShare(doneCount(run), run.total)}</>;
  return <>{formatRough(now - (run.startedAt ?? run.createdAt))}</>;
}
