import type { ReactElement } from 'react';
import { nightsOf, shareOf, ticksOf, type Scale } from '../model/scale.ts';
import { percent } from './percent.ts';

/** What lies under all rows: hour lines, nights, the present. */
export function Shades({ scale, now }: { readonly scale: Scale; readonly now: number }): ReactElement {
  return (
    <div className="board-shades" aria-hidden>
      {ticksOf(scale).map(({ at }) => (
        <i key={at} className={new Date(at).getHours() === 0 ? 'midnight' : 'tick'} style={{ left: percent(shareOf(scale, at)) }} />
      ))}
      {nightsOf(scale).map(({ from, to }) => (
        <i
          key={from}
          className="night"
          style={{ left: percent(shareOf(scale, from)), width: percent(shareOf(scale, to) - shareOf(scale, from)) }}
        />
      ))}
      {now < scale.from || now >= scale.to ? null : <i className="now" style={{ left: percent(shareOf(scale, now)) }} />}
    </div>
  );
}
