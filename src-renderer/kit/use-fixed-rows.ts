import { useLayoutEffect, useRef, useState, type RefObject } from 'react';

interface Options {
  readonly count: number;
  readonly rowHeight: number;
  /** Rows kept beyond each edge, so that scrolling finds them there. */
  readonly overscan: number;
}

export interface FixedRows {
  readonly frame: RefObject<HTMLDivElement | null>;
  /** First and behind-last row to render. */
  readonly from: number;
  readonly to: number;
  readonly onScroll: () => void;
  /** Brings a row, and `context` rows around it where it was out of sight, into view in the very commit that renders it. May be called while rendering, once a row. */
  readonly bring: (index: number, context?: number) => void;
  readonly rowsInView: () => number;
}

interface Place {
  readonly top: number;
  readonly height: number;
  /** A new object for each row that was brought. */
  readonly brought: { readonly to: number } | null;
}

/**
 * Rows of one height in a scrolling frame. The place is state, so rows that a followed run brings stand where they belong in the frame that
 * shows them first; a general virtualizer measures, scrolls, hears of the scroll and renders again, each with a layout of its own.
 */
export function useFixedRows({ count, rowHeight, overscan }: Options): FixedRows {
  const frame = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>({ top: 0, height: 800, brought: null });
  const { top, height, brought } = place;
  /** Where the frame stands by what was rendered last. */
  const stands = useRef(0);
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setPlace((before) => ({ ...before, height: entry.contentRect.height }));
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    // Only a row that was brought moves the frame; where a person scrolled to it is already.
    if (brought !== null && frame.current !== null) frame.current.scrollTop = brought.to;
  }, [brought]);
  useLayoutEffect(() => {
    stands.current = top;
  }, [top]);
  const onScroll = (): void => {
    const now = frame.current?.scrollTop ?? 0;
    // Told of a row that was brought, which is where it stands already: an update that waits, even one that changes nothing, would be
    // counted again on the place from before the next row was brought, and lead back there.
    if (now !== stands.current) setPlace((before) => (before.top === now ? before : { ...before, top: now }));
  };
  const bring = (index: number, context = 0): void => {
    const target = broughtTop(index, { top, height, rowHeight, count, context });
    if (target !== top) setPlace((before) => ({ ...before, top: target, brought: { to: target } }));
  };
  const first = Math.floor(Math.min(top, Math.max(0, count * rowHeight - height)) / rowHeight);
  return {
    frame,
    from: Math.max(0, first - overscan),
    to: Math.min(count, first + Math.ceil(height / rowHeight) + 1 + overscan),
    onScroll,
    bring,
    rowsInView: () => Math.max(1, Math.floor(height / rowHeight)),
  };
}

interface Shape {
  readonly top: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly count: number;
  readonly context?: number;
}

/** The least movement that shows the row whole, with its context; none when it is in sight. */
export function broughtTop(index: number, { top, height, rowHeight, count, context = 0 }: Shape): number {
  const rowTop = index * rowHeight;
  const most = Math.max(0, count * rowHeight - height);
  const around = Math.min(context * rowHeight, Math.max(0, Math.floor((height - rowHeight) / 2)));
  if (rowTop < top) return Math.min(Math.max(0, rowTop - around), most);
  if (rowTop + rowHeight > top + height) return Math.min(Math.max(0, rowTop + rowHeight + around - height), most);
  return top;
}
