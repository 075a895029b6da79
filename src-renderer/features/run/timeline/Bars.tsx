import type { CSSProperties, ReactElement } from 'react';
import { markOfItem } from '../../../kit/marks.ts';
import { placeOf, type Bar, type Span } from '../model/time-axis.ts';
import { Lane } from './Lane.tsx';

interface Props {
  readonly name: string;
  readonly about?: string;
  /** One row, or several below each other: what a bar is made of stands under it. */
  readonly rows: readonly (readonly Bar[])[];
  readonly span: Span;
  /** The bar that was chosen, here or in the tree. */
  readonly chosen: number | null;
  readonly onBar: (bar: Bar) => void;
}

/** More than these would be drawn over each other. */
const MOST_BARS = 400;
const ROW = 24;

/** Suites, tests or keywords as stretches of time. */
export function Bars({ name, about, rows, span, chosen, onBar }: Props): ReactElement {
  const shown = rows.map((bars) => bars.filter(({ from, to }) => to >= span.from && from <= span.to).slice(0, MOST_BARS));
  return (
    <Lane name={name} about={about ?? String(rows.flat().length)} height={rows.length * ROW + 4}>
      {shown.flatMap((bars, row) =>
        bars.map((bar) => (
          <button
            key={bar.item}
            type="button"
            className={`lane-bar small ${markOfItem(bar.status)}`}
            aria-current={bar.item === chosen ? 'true' : undefined}
            style={{ ...stretch(bar, span), top: row * ROW + 2 }}
            title={bar.name}
            onClick={() => onBar(bar)}
          >
            {bar.name}
          </button>
        )),
      )}
    </Lane>
  );
}

/** Where a stretch of time lies on the axis. */
export function stretch({ from, to }: Span, span: Span): CSSProperties {
  const left = Math.max(0, placeOf(from, span));
  return { left: `${left}%`, width: `${Math.max(0.3, Math.min(100, placeOf(to, span)) - left)}%` };
}
