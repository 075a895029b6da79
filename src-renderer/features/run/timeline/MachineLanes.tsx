import type { ReactElement } from 'react';
import type { MachineTimeline } from '../../../../src-shared/model/timeline.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { densityOf, groupSensors, hasRoom, placeOf, type Span } from '../model/time-axis.ts';
import { Lane } from './Lane.tsx';
import { SensorLane } from './SensorLane.tsx';

interface Props {
  readonly machine: MachineTimeline;
  readonly span: Span;
  readonly at: number;
  readonly onMoment: (at: number) => void;
}

const STRETCHES = 120;

/** Console, deeds, event log and readings of one machine. */
export function MachineLanes({ machine, span, at, onMoment }: Props): ReactElement {
  const { sutName, console, events, log, sensors } = machine;
  const inView = <T extends { at: number | null }>(all: readonly T[]): T[] =>
    all.filter((each) => each.at !== null && each.at >= span.from && each.at <= span.to);
  const [shownEvents, shownLog] = [inView(events), inView(log)];
  const roomOf = (all: readonly { at: number | null }[]): boolean[] => hasRoom(all.map(({ at: when }) => placeOf(when ?? span.from, span)));
  const [room, logRoom] = [roomOf(shownEvents), roomOf(shownLog)];
  return (
    <>
      {console.length === 0 ? null : (
        <Lane name="Console" about={`${sutName}, ${formatAmount(console.length, 'line')}`} height={36}>
          {densityOf(console, span, STRETCHES).map((share, index) =>
            share === 0 ? null : (
              <i
                key={index}
                className="lane-said"
                style={{ left: `${(index / STRETCHES) * 100}%`, height: `${20 + share * 80}%`, width: `${100 / STRETCHES}%` }}
              />
            ),
          )}
        </Lane>
      )}
      {events.length === 0 ? null : (
        <Lane name="Deeds" about={`${sutName}, ${events.length}`} height={32}>
          {shownEvents.map((event, index) => (
            <button
              key={`${event.at}${index}`}
              type="button"
              className={`lane-event${event.outcome === 'failed' ? ' mark-failed' : ''}`}
              style={{ left: `${placeOf(event.at, span)}%` }}
              title={`${event.what}, ${event.who}`}
              onClick={() => onMoment(event.at)}
            >
              <i aria-hidden />
              {room[index] === true ? <span>{event.what}</span> : null}
            </button>
          ))}
        </Lane>
      )}
      {log.length === 0 ? null : (
        <Lane name="Event log" about={`${sutName}, ${formatAmount(log.length, 'new entry', 'new entries')}`} height={32}>
          {shownLog.map((entry, index) => (
            <button
              key={entry.id}
              type="button"
              className={`lane-event diamond ${entry.severity}`}
              style={{ left: `${placeOf(entry.at ?? span.from, span)}%` }}
              title={`${entry.source}: ${entry.message}`}
              onClick={() => onMoment(entry.at ?? span.from)}
            >
              <i aria-hidden />
              {logRoom[index] === true ? <span>{entry.message}</span> : null}
            </button>
          ))}
        </Lane>
      )}
      {groupSensors(sensors).map(({ unit, tracks }) => (
        <SensorLane key={unit} sutName={sutName} unit={unit} tracks={tracks} span={span} at={at} />
      ))}
    </>
  );
}
