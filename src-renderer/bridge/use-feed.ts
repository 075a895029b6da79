import { useEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { startFeed, type Feed, type FeedClock } from './feed.ts';
import { frameSchedule } from './frame-batch.ts';

/** Waits, and stops waiting at once when the reader leaves. */
function waitOrLeave(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

/** What comes of a frame's news is rendered and committed in that frame. */
export const pageClock: FeedClock = { schedule: frameSchedule(flushSync), wait: waitOrLeave };

/** A feed for as long as the component is mounted and `deps` (plain values, compared as JSON) stay the same; null reads nothing. */
export function useFeed<Item>(feed: Feed<Item> | null, deps: readonly unknown[]): void {
  const latest = useRef(feed);
  useEffect(() => {
    latest.current = feed;
  });
  const on = feed !== null;
  const key = JSON.stringify(deps);
  useEffect(() => {
    const first = latest.current;
    if (!on || first === null) return;
    return startFeed(
      {
        open: (signal) => (latest.current ?? first).open(signal),
        apply: (items) => latest.current?.apply(items),
        onProblem: (error) => latest.current?.onProblem?.(error),
        ends: first.ends ?? false,
      },
      pageClock,
    );
  }, [on, key]);
}
