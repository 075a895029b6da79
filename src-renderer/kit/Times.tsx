import type { ReactElement } from 'react';
import { formatDuration, formatLeft } from '../../src-shared/text/quantities.ts';
import { formatClock, formatFull, formatWhen } from './format.ts';
import { useNow } from './use-now.ts';

interface At {
  readonly at: number;
}

/** A moment in a list: `14:06`, `Mon 20:14`, `24 Nov 14:06`; everything on hover. */
export function When({ at }: At): ReactElement {
  const now = useNow('minute');
  return <Time at={at}>{formatWhen(at, now)}</Time>;
}

/** `until 14:06`, or that nothing ends it. */
export function Until({ at }: { readonly at: number | null }): ReactElement {
  if (at === null) return <>no end</>;
  return (
    <>
      until <When at={at} />
    </>
  );
}

/** `14:06:31`, where the day stands elsewhere. */
export function Clock({ at }: At): ReactElement {
  return <Time at={at}>{formatClock(at)}</Time>;
}

/** When something began that may go on for days: `14:06:31` today, `Mon 20:14` before. */
export function Began({ at }: At): ReactElement {
  const now = useNow('minute');
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return <Time at={at}>{today ? formatClock(at) : formatWhen(at, now)}</Time>;
}

/** From `from` until `to`, or until now while `to` is null: counts by itself. */
export function Duration({ from, to }: { readonly from: number; readonly to: number | null }): ReactElement {
  return to === null ? <Running from={from} /> : <span className="figures">{formatDuration(to - from)}</span>;
}

function Running({ from }: { readonly from: number }): ReactElement {
  const now = useNow('second');
  return <span className="figures">{formatDuration(now - from)}</span>;
}

/** `about 12 min left`, counting down. */
export function TimeLeft({ until }: { readonly until: number }): ReactElement {
  const now = useNow('second');
  return <span className="figures">{formatLeft(until - now)}</span>;
}

function Time({ at, children }: At & { readonly children: string }): ReactElement {
  return (
    <time className="figures" dateTime={new Date(at).toISOString()} title={formatFull(at)}>
      {children}
    </time>
  );
}
