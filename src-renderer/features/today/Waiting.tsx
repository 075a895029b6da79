import { Pause, Play } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { When } from '../../kit/Times.tsx';
import { useRuns } from '../../state/runs.ts';
import { useSystem } from '../../state/system.ts';
import { changePause } from './queue.ts';

/** More are counted, not shown: the run list has them all. */
const MOST = 8;

export function Waiting(): ReactElement | null {
  const ids = useRuns((state) => state.queued);
  const paused = useSystem((state) => state.status?.queuePaused ?? false);
  if (ids.length === 0 && !paused) return null;
  return (
    <section aria-label="Waiting">
      <SectionHead
        ruled
        title="Waiting"
        count={formatCount(ids.length)}
        about={paused ? 'The queue is paused: nothing new begins' : undefined}
        actions={
          <Button
            variant={paused ? 'outline' : 'quiet'}
            small
            icon={paused ? <Play /> : <Pause />}
            onClick={() => void changePause(!paused)}
          >
            {paused ? 'Resume the queue' : 'Pause the queue'}
          </Button>
        }
      />
      {ids.slice(0, MOST).map((id) => (
        <WaitingRun key={id} id={id} />
      ))}
      {ids.length > MOST ? (
        <Link className="quiet-line block" href={`${addresses.runs}?state=queued`}>
          and {formatCount(ids.length - MOST)} more
        </Link>
      ) : null}
    </section>
  );
}

function WaitingRun({ id }: { readonly id: string }): ReactElement | null {
  const run = useRuns((state) => state.active.get(id));
  const [, go] = useLocation();
  const stop = useAction(() => client.runs.stop({ id }));
  if (run === undefined) return null;
  return (
    <div className="waiting-run" onDoubleClick={() => go(addresses.run(id))}>
      <span className="dim figures">{run.queuePosition}</span>
      <Link className="run-name strong ellipsis" href={addresses.run(id)}>
        {run.name}
      </Link>
      <span className="mid ellipsis" title={run.suts.join(', ')}>
        {run.suts.join(', ')}
      </span>
      <span className="mid ellipsis" title={run.happened ?? undefined}>
        {run.happened}
      </span>
      <span className="dim right nowrap">
        {run.expectedEndAt === null ? null : (
          <>
            about <When at={run.expectedEndAt} />
          </>
        )}
      </span>
      <span className="take-out">
        <Button small variant="quiet" busy={stop.busy} onClick={() => void stop.run()}>
          Take out of the queue
        </Button>
      </span>
    </div>
  );
}
