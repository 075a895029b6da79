import { useEffect, useRef, type ReactElement } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { Sensor } from '../../../../src-shared/model/machine.ts';
import type { Readings } from './history.ts';

interface Props {
  readonly sensor: Sensor;
  readonly readings: Readings;
}

const HEIGHT = 150;
/** The first readings do not fill the plot. */
const LEAST_SECONDS = 60;

/** One sensor over time, its limits as dashed lines. Colours come from the tokens at the moment of drawing. */
export default function SensorPlot({ sensor, readings }: Props): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | null>(null);
  const limits = [sensor.thresholds.upperCritical, sensor.thresholds.upperNonCritical, sensor.thresholds.lowerCritical].filter(
    (limit) => limit !== undefined,
  );
  const limitKey = limits.join();
  useEffect(() => {
    const host = place.current;
    if (host === null) return;
    const made = new UPlot(
      optionsOf(host, { unit: sensor.unit ?? '', limits: limitKey === '' ? 0 : limitKey.split(',').length }),
      [[]],
      host,
    );
    plot.current = made;
    const resize = new ResizeObserver(() => made.setSize({ width: host.clientWidth, height: HEIGHT }));
    resize.observe(host);
    return () => {
      resize.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [sensor.id, sensor.unit, limitKey]);
  useEffect(() => {
    const lines = limits.map((limit) => readings.times.map(() => limit));
    const last = readings.times.at(-1) ?? 0;
    // Told what to show: by itself the plot takes years around a single reading.
    plot.current?.setData([[...readings.times], [...(readings.values.get(sensor.id) ?? [])], ...lines], false);
    plot.current?.setScale('x', { min: Math.min(readings.times[0] ?? last, last - LEAST_SECONDS), max: last });
  });
  return <div ref={place} className="sut-plot" role="img" aria-label={`${sensor.name} over the last minutes`} />;
}

function optionsOf(host: HTMLElement, { unit, limits }: { unit: string; limits: number }): UPlot.Options {
  const token = (name: string): string => getComputedStyle(host).getPropertyValue(name).trim();
  // Asked at each drawing: the theme may change while the plot stands.
  const grid = { stroke: () => token('--plot-grid'), width: 1 };
  const axis = { stroke: () => token('--fg-3'), font: '11px Inter', grid, ticks: { show: false } };
  return {
    width: host.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false },
    axes: [axis, { ...axis, size: 52, values: (_plot, splits) => splits.map((value) => `${value} ${unit}`.trim()) }],
    series: [
      {},
      { stroke: () => token('--plot-1'), width: 1.5, points: { show: false } },
      ...Array.from({ length: limits }, () => ({ stroke: () => token('--v-failed'), width: 1, dash: [4, 3], points: { show: false } })),
    ],
  };
}
