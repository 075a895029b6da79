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
  /** The test then, and the keyword in it. */
  readonly bars: readonly Bar[];
  readonly onTree: (item: number) => void;
  readonly onMoment: (at: number) => void;
}

/** ms around a moment that count as "then". */
const THEN = 30_000;
const LINES = 8;

/** Everything that was at one moment, from whichever source. */
export function AtMoment({ run, timeline, at, bars, onTree, onMoment }: Props): ReactElement {
  return (
    <aside className="at-moment" aria-label="At this moment">
      <header>
        <b className="strong figures">{formatPreciseClock(at)}</b>{' '}
        <span className="dim small">{formatDuration(at - timeline.from)} into the run</span>
      </header>
      {bars.length === 0 ? <p className="dim small">No test ran.</p> : null}
      {bars.map((bar) => (
        <div key={bar.item} className="row tight moment-ran">
          <VerdictIcon mark={markOfItem(bar.status)} />
          <span className="strong ellipsis" title={bar.name}>
            {bar.name}
          </span>
          <span className="grow" />
          <Button small onClick={() => onTree(bar.item)}>
            Show in tree
          </Button>
        </div>
      ))}
      {timeline.machines.map((machine) => (
        <OneMachine key={machine.sutId} machine={machine} at={at} onMoment={onMoment} />
      ))}
      {run.state === 'ended' ? null : <p className="dim small">The run goes on; this is what is known so far.</p>}
    </aside>
  );
}

interface OneMachineProps {
  readonly machine: MachineTimeline;
  readonly at: number;
  readonly onMoment: (at: number) => void;
}

function OneMachine({ machine, at, onMoment }: OneMachineProps): ReactElement {
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
            <Clock at={event.at} onMoment={onMoment} /> {event.what} <span className="dim">{event.who}</span>
          </li>
        ))}
        {near(log).map((entry) => (
          <li key={entry.id}>
            {entry.at === null ? null : <Clock at={entry.at} onMoment={onMoment} />} {entry.source}: {entry.message}
          </li>
        ))}
      </ul>
      {said.length === 0 ? null : (
        <ol className="moment-said mono small" tabIndex={0} aria-label={`Console of ${sutName} then`}>
          {said.map(({ at: when, line }, index) => (
            <li key={index}>
              <Clock at={when} onMoment={onMoment} /> {line}
            </li>
          ))}
        </ol>
      )}
      {server === 'hub' ? null : (
        <Button small variant="quiet" href={`${addresses.sut(sutId)}?tab=console`}>
          Open its console
        </Button>
      )}
    </section>
  );
}

/** When something was; a press goes there. */
function Clock({ at, onMoment }: { readonly at: number; readonly onMoment: (at: number) => void }): ReactElement {
  return (
    <button type="button" className="moment-clock dim figures small" onClick={() => onMoment(at)}>
      {formatPreciseClock(at)}
    </button>
  );
}

function isBeyond({ lower, upper }: { lower: number | null; upper: number | null }, value: number): boolean {
  return (lower !== null && value < lower) || (upper !== null && value > upper);
}
