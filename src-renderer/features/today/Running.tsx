import { Server, Square } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { RunSummary } from '../../../src-shared/model/run.ts';
import { formatDuration } from '../../../src-shared/text/quantities.ts';
import { STATE_WORDS } from '../../../src-shared/text/words.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { Button } from '../../kit/Button.tsx';
import { Counts } from '../../kit/Counts.tsx';
import { formatPerson } from '../../kit/format.ts';
import { markOfRun } from '../../kit/marks.ts';
import { Chip, SectionHead } from '../../kit/Page.tsx';
import { doneCount } from '../../kit/phases.ts';
import { PhaseStrip } from '../../kit/PhaseStrip.tsx';
import { Began, Duration, TimeLeft } from '../../kit/Times.tsx';
import { useNow } from '../../kit/use-now.ts';
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

/** Stopping hurts a run, so it asks; once asked, the countdown to the next step stands where the button was. */
function StopRun({ run }: { readonly run: RunSummary }): ReactElement {
  const stop = useAction((now: boolean) => client.runs.stop({ id: run.id, now }));
  if (run.stop !== null) {
    return (
      <span className="row tight">
        <StopLadder nextStepAt={run.stop.nextStepAt} step={run.stop.step} />
        {run.stop.step === 'killing' ? null : (
          <Button small variant="danger" busy={stop.busy} onClick={() => void stop.run(true)}>
            End now
          </Button>
        )}
      </span>
    );
  }
  const left = run.total - doneCount(run);
  return (
    <ConfirmButton
      small
      icon={<Square />}
      busy={stop.busy}
      title={`Stop ${run.name}?`}
      harm={`${left > 0 ? `${left} of ${run.total} cases will not run. ` : ''}Tear-downs run and the report is kept.`}
      verb={`Stop ${run.name}`}
      safe="Keep running"
      onConfirm={() => void stop.run(false)}
    >
      Stop
    </ConfirmButton>
  );
}

const STEPS = { asked: 'asked again', askedAgain: 'ended', killing: 'ending' } as const;

function StopLadder({ nextStepAt, step }: { readonly nextStepAt: number | null; readonly step: keyof typeof STEPS }): ReactElement {
  const now = useNow('second');
  const text = nextStepAt === null ? STEPS[step] : `${STEPS[step]} in ${formatDuration(Math.max(0, nextStepAt - now))}`;
  return <span className="dim small figures nowrap">Stopping, {text}</span>;
}
