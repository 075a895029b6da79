import type { ReactElement } from 'react';
import type { Run } from '../../../../src-shared/model/run.ts';
import type { MachineTimeline, Timeline } from '../../../../src-shared/model/timeline.ts';
import { formatDuration } from '../../../../src-shared/text/quantities.ts';
import { server } from '../../../bridge/client.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatPreciseClock } from '../../../kit/format.ts';
import { markOfItem } from '../../../kit/marks.ts';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import { readingText, valueAt, type Bar } from '../model/time-axis.ts';

interface Props {
  readonly run: Run;
  readonly timeline: Timeline;
  readonly at: number;
  readonly bar: Bar | null;
  readonly onTree: (item: number) => void;
}

/** ms around a moment that count as "then". */
const THEN = 30_000;
const LINES = 8;

/** Everything that was at one moment, from whichever source. */
export function AtMoment({ run, timeline, at, bar, onTree }: Props): ReactElement {
  return (
    <aside className="at-moment" aria-label="At this moment">
      <header>
        <b className="strong figures">{formatPreciseClock(at)}</b>{' '}
        <span className="dim small">{formatDuration(at - timeline.from)} into the run</span>
      </header>
      {bar === null ? (
        <p className="dim small">No test ran.</p>
      ) : (
        <div className="row tight wrap">
          <VerdictIcon mark={markOfItem(bar.status)} />
          <span className="strong">{bar.name}</span>
          <Button small onClick={() => onTree(bar.item)}>
            Show in tree
          </Button>
        </div>
      )}
      {timeline.machines.map((machine) => (
        <OneMachine key={machine.sutId} machine={machine} at={at} />
      ))}
      {run.state === 'ended' ? null : <p className="dim small">The run goes on; this is what is known so far.</p>}
    </aside>
  );
}

function OneMachine({ machine, at }: { readonly machine: MachineTimeline; readonly at: number }): ReactElement {
  const { sutId, sutName, sensors, log, events, console } = machine;
  const near = <T extends { at: number | null }>(all: readonly T[]): T[] =>
    all.filter((each) => each.at !== null && Math.abs(each.at - at) <= THEN);
  const said = console.filter((line) => line.at <= at).slice(-LINES);
  const readings = sensors.flatMap((track) => {
    const value = valueAt(track, at);
    return value === null ? [] : [{ track, value }];
  });
  return (
    <section aria-label={sutName}>
      <h3 className="dim small">{sutName}</h3>
      {readings.length === 0 ? null : (
        <dl className="moment-readings">
          {readings.slice(0, 12).map(({ track, value }) => (
            <div key={track.id}>
              <dt>{track.name}</dt>
              <dd className={`figures${isBeyond(track, value) ? ' mark-failed' : ''}`}>
                {readingText(value)} {track.unit}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <ul className="moment-events">
        {near(events).map((event, index) => (
          <li key={`${event.at}${index}`}>
            <span className="dim figures small">{formatPreciseClock(event.at)}</span> {event.what} <span className="dim">{event.who}</span>
          </li>
        ))}
        {near(log).map((entry) => (
          <li key={entry.id}>
            <span className="dim figures small">{entry.at === null ? '' : formatPreciseClock(entry.at)}</span> {entry.source}:{' '}
            {entry.message}
          </li>
        ))}
      </ul>
      {said.length === 0 ? null : (
        <pre className="mono small" tabIndex={0} aria-label={`Console of ${sutName} then`}>
          {said.map(({ at: when, line }) => `${formatPreciseClock(when)} ${line}`).join('\n')}
        </pre>
      )}
      {server === 'hub' ? null : (
        <Button small variant="quiet" href={`${addresses.sut(sutId)}?tab=console`}>
          Open its console
        </Button>
      )}
    </section>
  );
}

function isBeyond({ lower, upper }: { lower: number | null; upper: number | null }, value: number): boolean {
  return (lower !== null && value < lower) || (upper !== null && value > upper);
}
