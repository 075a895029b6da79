import type { ReactElement } from 'react';
import { formatTime, formatWhen } from '../../../kit/format.ts';
import { headsOf, shareOf, ticksOf, type Scale } from '../model/scale.ts';
import type { Hovered } from './HoverCard.tsx';
import { percent } from './percent.ts';

interface Props {
  readonly scale: Scale;
  readonly now: number;
  readonly hovered: Hovered | null;
}

/** Days and hours; the present and the hours of the hold under the pointer are badges in it. */
export function Axis({ scale, now, hovered }: Props): ReactElement {
  const inside = (at: number): boolean => at >= scale.from && at < scale.to;
  const marked = hovered === null ? [] : [hovered.block.begin, hovered.block.end].filter((at) => inside(at) && Math.abs(at - now) > 60_000);
  return (
    <div className="board-axis" aria-hidden>
      <div className="board-corner">Machine</div>
      <div className="board-time">
        {headsOf(scale).map(({ at, label }) => (
          <em key={at} style={{ left: percent(shareOf(scale, at)) }}>
            {label}
          </em>
        ))}
        {ticksOf(scale).map(({ at, label }) => (
          <span key={at} className="figures" style={{ left: percent(shareOf(scale, at)) }}>
            {label}
          </span>
        ))}
        {marked.map((at) => (
          <b key={at} className="figures hold-badge" style={{ left: percent(shareOf(scale, at)) }}>
            {formatTime(at)}
          </b>
        ))}
        {inside(now) ? (
          <b className="figures now-badge" title={formatWhen(now, now)} style={{ left: percent(shareOf(scale, now)) }}>
            {formatTime(now)}
          </b>
        ) : null}
      </div>
    </div>
  );
}
