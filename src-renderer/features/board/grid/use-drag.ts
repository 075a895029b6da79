import { useRef, type PointerEvent, type RefObject } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { isGroup, type Line } from '../model/lines.ts';
import type { Draft } from '../model/place.ts';
import { snapped, timeAt, type Scale } from '../model/scale.ts';

interface Options {
  readonly lines: readonly Line[];
  readonly scale: Scale;
  readonly rowHeight: number;
  readonly now: number;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly onDraft: (draft: Draft | null) => void;
}

interface Handlers {
  readonly onPointerDown: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
}

/** Dragging over free time makes a draft: from row to row more machines, from side to side more time. A press alone makes none. */
export function useDrag({ lines, scale, rowHeight, now, frame, onDraft }: Options): Handlers {
  const start = useRef<{ row: number; at: number; x: number; y: number; moved: boolean } | null>(null);
  const point = (event: PointerEvent<HTMLDivElement>): { row: number; at: number } | null => {
    const line = frame.current?.querySelector<HTMLElement>('.board-line');
    if (frame.current === null || line === undefined || line === null) return null;
    const { left, width } = line.getBoundingClientRect();
    const top = frame.current.getBoundingClientRect().top - frame.current.scrollTop;
    const row = Math.min(lines.length - 1, Math.max(0, Math.floor((event.clientY - top) / rowHeight)));
    return { row, at: timeAt(scale, Math.min(1, Math.max(0, (event.clientX - left) / width))) };
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const target = event.target instanceof Element ? event.target : null;
    const found = target?.closest('.board-line') != null && target.closest('.block') === null ? point(event) : null;
    if (event.button !== 0 || found === null) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { ...found, x: event.clientX, y: event.clientY, moved: false };
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const began = start.current;
    const here = began === null ? null : point(event);
    if (began === null || here === null) return;
    began.moved ||= Math.abs(event.clientX - began.x) > 4 || Math.abs(event.clientY - began.y) > 4;
    if (began.moved) onDraft(draftBetween(began, here, { lines, scale, now }));
  };
  const end = (): void => {
    start.current = null;
  };
  return { onPointerDown, onPointerMove, onPointerUp: end, onPointerCancel: end };
}

interface Corner {
  readonly row: number;
  readonly at: number;
}

function draftBetween(a: Corner, b: Corner, { lines, scale, now }: Pick<Options, 'lines' | 'scale' | 'now'>): Draft {
  const step = scale.snapMinutes * 60_000;
  const begin = snapped(scale, Math.min(a.at, b.at));
  const last = snapped(scale, Math.max(a.at, b.at));
  const end = Math.max(last + step, begin + step);
  const rows = lines.slice(Math.min(a.row, b.row), Math.max(a.row, b.row) + 1).filter((line): line is Sut => !isGroup(line));
  const from = Math.max(begin, now);
  return {
    sutIds: rows.map(({ id }) => id),
    begin: begin <= now ? null : begin,
    durationMs: Math.max(step, end - Math.min(from, end - step)),
  };
}
