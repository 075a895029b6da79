import { Server } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import { STATE_WORDS } from '../../../src-shared/text/words.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Counts } from '../../kit/Counts.tsx';
import { formatPerson } from '../../kit/format.ts';
import { markOfRun } from '../../kit/marks.ts';
import { Chip, SectionHead } from '../../kit/Page.tsx';
import { doneCount } from '../../kit/phases.ts';
import { PhaseStrip } from '../../kit/PhaseStrip.tsx';
import { StopControl } from '../../kit/StopControl.tsx';
import { Began, Duration, TimeLeft } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { useRuns } from '../../state/runs.ts';
import { useMe } from '../../state/system.ts';

export function Running(): ReactElement {
  const ids = useRuns((state) => state.running);
  const known = useRuns((state) => state.known);
  return (
    <section aria-label="Running">
      <SectionHead title="Running" count={ids.length} />
      {ids.map((id) => (
        <RunningRun key={id} id={id} />
      ))}
      {known && ids.length === 0 ? <p className="quiet-line dim">Nothing runs now.</p> : null}
    </section>
  );
}

function RunningRun({ id }: { readonly id: string }): ReactElement | null {
  const run = useRuns((state) => state.active.get(id));
  if (run === undefined) return null;
  return (
    <div className="running-run">
      <div className="row">
        <VerdictIcon mark={markOfRun(run)} large />
        <Link className="run-name strong ellipsis" href={addresses.run(id)}>
          {run.name}
        </Link>
        <Suts names={run.suts} />
        <span className="grow" />
        <span className="mid small nowrap">
          {run.expectedEndAt === null ? (
            <Duration from={run.startedAt ?? run.createdAt} to={null} />
          ) : (
            <TimeLeft until={run.expectedEndAt} />
          )}
        </span>
        <StopRun run={run} />
      </div>
      <div className="row wide second">
        <About run={run} />
        <span className="strip">
          <PhaseStrip run={run} />
        </span>
        <span className="small ellipsis doing" title={run.happened ?? undefined}>
          {STATE_WORDS[run.state]} <span className="dim">{run.happened}</span>
        </span>
        <span className="tally">
          {run.total > 0 || doneCount(run) > 0 ? <Counts counts={{ ...run.counts, notRun: 0 }} total={run.total} /> : null}
        </span>
      </div>
    </div>
  );
}

const MOST_CHIPS = 3;

function Suts({ names }: { readonly names: readonly string[] }): ReactElement {
  return (
    <>
      {names.slice(0, MOST_CHIPS).map((name) => (
        <Chip key={name} icon={<Server />}>
          {name}
        </Chip>
      ))}
      {names.length > MOST_CHIPS ? (
        <span className="dim small" title={names.join(', ')}>
          and {names.length - MOST_CHIPS} more
        </span>
      ) : null}
    </>
  );
}

function About({ run }: { readonly run: RunSummary }): ReactElement {
  const me = useMe();
  const at = run.startedAt ?? run.createdAt;
  return (
    <span className="about dim small ellipsis">
      {run.condition === null ? '' : `${run.condition} · `}by {formatPerson(run.startedBy, me)} · <Began at={at} />
    </span>
  );
}

function StopRun({ run }: { readonly run: RunSummary }): ReactElement {
  const stop = useAction((now: boolean) => client.runs.stop({ id: run.id, now }));
  return <StopControl small run={run} busy={stop.busy} onStop={(now) => void stop.run(now)} />;
}
