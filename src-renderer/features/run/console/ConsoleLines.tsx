import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactElement } from 'react';

const LINE = 17;
/** So many lines before an end of what is held, more is asked for. */
const NEAR = 60;

interface Props {
  readonly lines: readonly string[];
  /** Number of the first line, of whatever count stays the same while lines come and go at both ends. */
  readonly first: number;
  /** A line to show in the middle, once. */
  readonly marked: number | null;
  /** Nothing more comes behind the last line at present. */
  readonly complete: boolean;
  readonly onNearBegin: () => void;
  readonly onNearEnd: () => void;
  readonly onKey: (key: string) => boolean;
}

/** Console text in rows of one height. A reader at the end stays there; everywhere else the lines under the eyes stay where they are. */
export function ConsoleLines({ lines, first, marked, complete, onNearBegin, onNearEnd, onKey }: Props): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  const atEnd = useRef(complete && marked === null);
  const shownFirst = useRef(first);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => frame.current, estimateSize: () => LINE, overscan: 30 });
  useLayoutEffect(() => {
    const moved = shownFirst.current - first;
    shownFirst.current = first;
    if (moved !== 0 && frame.current !== null && !atEnd.current) frame.current.scrollTop += moved * LINE;
  }, [first]);
  useEffect(() => {
    if (complete && atEnd.current && marked === null) virtual.scrollToIndex(lines.length - 1);
  }, [complete, marked, lines, virtual]);
  useEffect(() => {
    if (marked === null) return;
    atEnd.current = false;
    virtual.scrollToIndex(marked - shownFirst.current, { align: 'center' });
  }, [marked, virtual]);
  const onScroll = (): void => {
    const { scrollTop = 0, clientHeight = 0, scrollHeight = 0 } = frame.current ?? {};
    const below = scrollHeight - scrollTop - clientHeight;
    atEnd.current = complete && below <= 2 * LINE;
    if (scrollTop < NEAR * LINE) onNearBegin();
    if (below < NEAR * LINE) onNearEnd();
  };
  const keyDown = (event: KeyboardEvent): void => {
    if (!event.ctrlKey && !event.metaKey && !event.altKey && onKey(event.key)) event.preventDefault();
  };
  return (
    <div
      ref={frame}
      className="console grow-scroll"
      tabIndex={0}
      role="log"
      aria-label="Console"
      aria-live="off"
      onScroll={onScroll}
      onKeyDown={keyDown}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((place) => (
          <div
            key={place.key}
            className={`console-line${first + place.index === marked ? ' marked' : ''}`}
            style={{ transform: `translateY(${place.start}px)` }}
          >
            {lines[place.index]}
          </div>
        ))}
      </div>
    </div>
  );
}
