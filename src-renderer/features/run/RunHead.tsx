import { Bookmark, Server, SlidersHorizontal } from 'lucide-react';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Run } from '../../../src-shared/model/run.ts';
import { addresses } from '../../kit/addresses.ts';
import { Counts, CountsBar } from '../../kit/Counts.tsx';
import { formatPerson, formatStart, formatTime } from '../../kit/format.ts';
import { MARK_WORDS, markOfRun } from '../../kit/marks.ts';
import { Chip } from '../../kit/Page.tsx';
import { doneCount } from '../../kit/phases.ts';
import { Clock, Duration, TimeLeft } from '../../kit/Times.tsx';
import { useNow } from '../../kit/use-now.ts';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { useSuts } from '../../state/suts.ts';
import { useMe } from '../../state/system.ts';
import { RunActions } from './RunActions.tsx';

export function RunHead({ run, again }: { readonly run: Run; readonly again: () => void }): ReactElement {
  return (
    <header className="run-head">
      <div className="row">
        <VerdictIcon mark={markOfRun(run)} large />
        <h1 className="ellipsis" title={run.name}>
          {run.name}
        </h1>
        {run.suts.map((name) => (
          <SutChip key={name} name={name} />
        ))}
        {run.condition === null ? null : <Chip icon={<SlidersHorizontal />}>{run.condition}</Chip>}
        {run.important ? (
          <Chip tag icon={<Bookmark />}>
            important
          </Chip>
        ) : null}
        <span className="grow" />
        <RunActions run={run} again={again} />
      </div>
      <div className="row wide about-run">
        <About run={run} />
        <span className="grow" />
        <Standing run={run} />
      </div>
    </header>
  );
}

/** Leads to the machine as long as there is one of that name. */
function SutChip({ name }: { readonly name: string }): ReactElement {
  const id = useSuts((state) => [...state.byId.values()].find((sut) => sut.name === name)?.id);
  const chip = <Chip icon={<Server />}>{name}</Chip>;
  return id === undefined ? chip : <Link href={addresses.sut(id)}>{chip}</Link>;
}

function About({ run }: { readonly run: Run }): ReactElement {
  const me = useMe();
  const now = useNow('minute');
  const from = run.startedAt ?? run.createdAt;
  return (
    <span className="mid small ellipsis">
      <span className="figures">
        {formatStart(from, now)}
        {run.endedAt === null ? '' : ` to ${formatTime(run.endedAt)}`}
      </span>{' '}
      by {formatPerson(run.startedBy, me)}
      <span className="gap" />
      {run.purpose === 'provision' ? 'without tests, recipe' : 'data'}{' '}
      {run.testDataId === null ? (
        <span className="mono">{run.revision.slice(0, 7)}</span>
      ) : (
        <Link className="mono" href={addresses.oneTestData(run.testDataId)}>
          {run.revision.slice(0, 7)}
        </Link>
      )}
      {run.plan === null ? null : (
        <>
          <span className="gap" />
          plan <Link href={addresses.plan(run.plan.id)}>{run.plan.name}</Link>
        </>
      )}
      {run.imported === null ? null : (
        <>
          <span className="gap" />
          executed by {run.imported.from}, imported {formatStart(run.imported.at, now)}
        </>
      )}
      {run.rerunOf === null ? null : (
        <>
          <span className="gap" />
          rerun of <Link href={addresses.run(run.rerunOf)}>an earlier run</Link>
        </>
      )}
      {run.reruns.length === 0 ? null : (
        <>
          <span className="gap" />
          rerun{' '}
          {run.reruns.map((id, index) => (
            <Link key={id} href={addresses.run(id)}>{`${index > 0 ? ', ' : ''}${index + 1}`}</Link>
          ))}
        </>
      )}
    </span>
  );
}

/** Word, figures, bar, time: how it stands at a glance. */
function Standing({ run }: { readonly run: Run }): ReactElement {
  const now = useNow('second');
  const mark = markOfRun(run);
  const left = run.total - doneCount(run);
  const goesOn = run.state !== 'ended';
  return (
    <span className="row tight standing" data-state={run.state}>
      <span className={`strong mark-${mark}`}>{MARK_WORDS[mark]}</span>
      <Counts counts={{ ...run.counts, notRun: goesOn ? 0 : run.counts.notRun }} />
      {goesOn && left > 0 ? <span className="mid small figures nowrap">{left} to go</span> : null}
      <CountsBar counts={run.counts} total={run.total} width={160} />
      <span className="mid small nowrap figures">
        {goesOn && run.expectedEndAt !== null ? (
          <>
            <TimeLeft until={run.expectedEndAt} />
            {run.expectedEndAt > now ? (
              <>
                , <Clock at={run.expectedEndAt} />
              </>
            ) : null}
          </>
        ) : (
          <Duration from={run.startedAt ?? run.createdAt} to={run.endedAt} />
        )}
      </span>
    </span>
  );
}
