import { useRef, useState, type PointerEvent } from 'react';
import type { Filter } from '../filter/run-filter.ts';
import { spanBetween, type Axis } from './axis.ts';

interface Brush {
  /** What the drag that goes on would take. */
  readonly span: Filter['span'];
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onPointerCancel: () => void;
  };
}

/** Dragging over the plot; a press without a drag takes one bucket. */
export function useBrush(axis: Axis, onSpan: (span: Filter['span']) => void): Brush {
  const start = useRef<number | null>(null);
  const [span, setSpan] = useState<Filter['span']>(null);
  const shareOf = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return width === 0 ? 0 : (event.clientX - left) / width;
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = shareOf(event);
    setSpan(spanBetween(axis, [start.current, start.current]));
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    if (start.current !== null) setSpan(spanBetween(axis, [start.current, shareOf(event)]));
  };
  const end = (): void => {
    start.current = null;
    setSpan(null);
  };
  const onPointerUp = (): void => {
    if (start.current !== null && span !== null) onSpan(span);
    end();
  };
  return { span, handlers: { onPointerDown, onPointerMove, onPointerUp, onPointerCancel: end } };
}
