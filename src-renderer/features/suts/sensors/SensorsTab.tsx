import { lazy, Suspense, useState, type ReactElement } from 'react';
import type { Sensor } from '../../../../src-shared/model/machine.ts';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useFeed } from '../../../bridge/use-feed.ts';
import { SectionHead } from '../../../kit/Page.tsx';
import { EmptyState, LoadingShape, Note } from '../../../kit/States.tsx';
import { noReadings, withReading, type Readings } from './history.ts';

const SensorPlot = lazy(() => import('./SensorPlot.tsx'));

interface State {
  readonly sensors: readonly Sensor[] | null;
  readonly trouble: string | null;
  readonly readings: Readings;
}

/** All sensors, read as long as the tab is open; the chosen one as a plot. */
export function SensorsTab({ sut }: { readonly sut: Sut }): ReactElement {
  const [state, setState] = useState<State>({ sensors: null, trouble: null, readings: noReadings });
  const [chosen, setChosen] = useState<string | null>(null);
  useFeed(
    {
      open: (signal) => client.suts.watchSensors({ id: sut.id }, { signal }),
      apply: (items) =>
        setState((before) =>
          items.reduce<State>(
            (now, item) =>
              item.type === 'trouble'
                ? { ...now, trouble: item.message }
                : { sensors: item.sensors, trouble: null, readings: withReading(now.readings, item.sensors, item.at) },
            before,
          ),
        ),
    },
    [sut.id],
  );
  const { sensors, trouble, readings } = state;
  if (sensors === null) return trouble === null ? <LoadingShape /> : <Note tone="warn">{trouble} It is tried again.</Note>;
  if (sensors.length === 0) return <EmptyState title="No sensor" why="The machine lists none." />;
  const plotted = sensors.find(({ id }) => id === chosen) ?? sensors.find(({ value, unit }) => value !== null && unit !== null);
  return (
    <>
      {trouble === null ? null : <Note tone="warn">{trouble} These are the last readings.</Note>}
      {plotted === undefined ? null : (
        <>
          <SectionHead title={plotted.name} about={readingOf(plotted)} />
          <Suspense fallback={<LoadingShape rows={4} />}>
            <SensorPlot sensor={plotted} readings={readings} />
          </Suspense>
        </>
      )}
      <SectionHead ruled title="Sensors" count={sensors.length} />
      <ul className="sut-sensors" aria-label="Sensors">
        {sensors.map((sensor) => (
          <li key={sensor.id}>
            <button type="button" aria-pressed={sensor.id === plotted?.id} onClick={() => setChosen(sensor.id)}>
              <span className="grow ellipsis">{sensor.name}</span>
              <span className="dim small nowrap">{limitOf(sensor)}</span>
              <span className={`figures nowrap health-text-${sensor.health}`}>{readingOf(sensor)}</span>
              <span className="small nowrap sensor-health">{sensor.health === 'ok' ? '' : sensor.health}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function readingOf({ value, unit, states, reason }: Sensor): string {
  if (value !== null) return `${Number.isInteger(value) ? value : value.toFixed(2)} ${unit ?? ''}`.trim();
  return states.join(', ') || (reason ?? 'no reading');
}

function limitOf({ thresholds: { upperCritical, lowerCritical }, unit }: Sensor): string {
  if (upperCritical !== undefined) return `limit ${upperCritical} ${unit ?? ''}`;
  return lowerCritical === undefined ? '' : `at least ${lowerCritical} ${unit ?? ''}`;
}
