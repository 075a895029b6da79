import { ChevronDown, ChevronRight } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { ActiveRun, Activity } from '../../../src-shared/model/activity.ts';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import { STATE_WORDS } from '../../../src-shared/text/words.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { markOfRun } from '../../kit/marks.ts';
import { SectionHead } from '../../kit/Page.tsx';
import { PhaseStrip } from '../../kit/PhaseStrip.tsx';
import { StopControl } from '../../kit/StopControl.tsx';
import { Duration, TimeLeft } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { Line } from './Line.tsx';

/** Each worker with its run, and below it on request what its processes take. */
export function ActiveRuns({ now: { active, workers } }: { readonly now: Activity }): ReactElement {
  return (
    <section aria-label="Runs pool">
      <SectionHead
        title="Runs pool"
        count={`${active.length} of ${workers} workers busy`}
        actions={<span className="dim small">CPU is per core, memory is the whole process tree</span>}
      />
      {active.length === 0 ? <p className="activity-none dim small">Nothing runs now.</p> : null}
      {active.map((each) => (
        <One key={each.run.id} active={each} />
      ))}
    </section>
  );
}

function One({ active: { run, usage, processes } }: { readonly active: ActiveRun }): ReactElement {
  const [search, setSearch] = useSearchParams();
  const open = search.get('run') === run.id;
  const stop = useAction((now: boolean) => client.runs.stop({ id: run.id, now }));
  const toggle = (): void =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (open) next.delete('run');
        else next.set('run', run.id);
        return next;
      },
      { replace: true },
    );
  const last = usage.at(-1);
  return (
    <>
      <div className="activity-run">
        <Button
          small
          variant="quiet"
          icon={open ? <ChevronDown /> : <ChevronRight />}
          label={`Processes of ${run.name}`}
          expanded={open}
          onClick={toggle}
        />
        <VerdictIcon mark={markOfRun(run)} />
        <Link className="strong ellipsis activity-name" href={addresses.run(run.id)}>
          {run.name}
        </Link>
        <span className="mid ellipsis" title={run.suts.join(', ')}>
          {run.suts.join(', ')}
        </span>
        <PhaseStrip run={run} />
        <span className="ellipsis small" title={run.happened ?? undefined}>
          {STATE_WORDS[run.state]} <span className="dim">{run.happened}</span>
        </span>
        <span className="row tight figures right-end">
          <Line values={usage.map(({ cpu }) => cpu ?? 0)} label={`CPU of ${run.name}`} />
          {last === undefined ? '' : `${Math.round(last.cpu ?? 0)} %`}
        </span>
        <span className="figures right nowrap">{last === undefined ? '' : formatBytes(last.memory)}</span>
        <span className="mid right small nowrap">
          {run.expectedEndAt === null ? (
            <Duration from={run.startedAt ?? run.createdAt} to={null} />
          ) : (
            <TimeLeft until={run.expectedEndAt} />
          )}
        </span>
        <StopControl small run={run} busy={stop.busy} onStop={(end) => void stop.run(end)} />
      </div>
      {open ? <Processes of={processes} /> : null}
    </>
  );
}

function Processes({ of }: { readonly of: ActiveRun['processes'] }): ReactElement {
  if (of.length === 0) return <p className="activity-none dim small">No process of it is there now: it prepares, or Robot has ended.</p>;
  const depth = new Map<number, number>();
  for (const { pid, parent } of of) depth.set(pid, (depth.get(parent) ?? -1) + 1);
  return (
    <table className="activity-processes small">
      <thead className="visually-hidden">
        <tr>
          <th>Program</th>
          <th>Process id</th>
          <th>CPU</th>
          <th>Memory</th>
          <th>Since</th>
        </tr>
      </thead>
      <tbody>
        {of.map(({ pid, name, cpu, memory, startedAt }) => (
          <tr key={pid}>
            <td className="mono" style={{ paddingLeft: 60 + (depth.get(pid) ?? 0) * 16 }}>
              {name}
            </td>
            <td className="dim figures right">{pid}</td>
            <td className="figures right">{cpu === null ? '' : `${cpu} %`}</td>
            <td className="figures right">{formatBytes(memory)}</td>
            <td className="dim right">{startedAt === null ? '' : <Duration from={startedAt} to={null} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
