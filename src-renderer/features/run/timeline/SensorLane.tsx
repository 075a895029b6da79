import type { ReactElement } from 'react';
import type { SensorTrack } from '../../../../src-shared/model/timeline.ts';
import { placeOf, type Span } from '../model/time-axis.ts';
import { Lane } from './Lane.tsx';

interface Props {
  readonly sutName: string;
  readonly unit: string;
  readonly tracks: readonly SensorTrack[];
  readonly span: Span;
  readonly at: number;
}

const HEIGHT = 84;
/** Lines of more than these are only seen as a bundle. */
const SHOWN = 8;
/** More limits than these cannot be told apart. */
const MOST_LIMITS = 3;

/** Readings of one unit on one scale; the limits where they lie within it. */
export function SensorLane({ sutName, unit, tracks, span }: Props): ReactElement {
  const shown = tracks.slice(0, SHOWN);
  const values = shown.flatMap(({ points }) => points.map(([, value]) => value));
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low) * 0.15 || Math.abs(high) * 0.1 || 1;
  const [bottom, top] = [low - room, high + room];
  const y = (value: number): number => 100 - ((value - bottom) / (top - bottom)) * 100;
  const limits = shown
    .flatMap(({ upper, lower }) => [upper, lower])
    .filter((limit): limit is number => limit !== null && limit > bottom && limit < top);
  const names = shown.map(({ name }) => name).join(', ');
  return (
    <Lane
      name={unit === '' ? 'Readings' : unit}
      about={`${sutName}, ${tracks.length === 1 ? names : `${tracks.length} sensors`}`}
      height={HEIGHT}
    >
      <svg className="lane-plot" viewBox="0 0 100 100" preserveAspectRatio="none" aria-label={names} role="img">
        {(new Set(limits).size > MOST_LIMITS ? [] : [...new Set(limits)]).map((limit) => (
          <line key={limit} className="limit" x1="0" x2="100" y1={y(limit)} y2={y(limit)} />
        ))}
        {shown.map(({ id, points }, index) => (
          <polyline
            key={id}
            className={`track track-${index % 4}${points.length === 1 ? ' single' : ''}`}
            points={(points.length === 1 ? [...points, ...points] : points)
              .map(([when, value]) => `${placeOf(when, span)},${y(value)}`)
              .join(' ')}
          />
        ))}
      </svg>
      <span className="lane-scale top dim small figures">{Math.round(top)}</span>
      <span className="lane-scale bottom dim small figures">{Math.round(bottom)}</span>
    </Lane>
  );
}
