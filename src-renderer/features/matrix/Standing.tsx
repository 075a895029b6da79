import type { CSSProperties, ReactElement } from 'react';
import type { Matrix } from '../../../src-shared/model/matrix.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { MARK_WORDS, MARKS } from '../../kit/marks.ts';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { marksOf } from './model/grid.ts';

interface Props {
  readonly matrix: Matrix;
  /** What of it the grid shows. */
  readonly views: ReactElement;
}

/** How many runs ended, and how all cells stand: icon and number, and a bar. */
export function Standing({ matrix, views }: Props): ReactElement {
  const counts = marksOf(matrix);
  const shown = MARKS.filter((mark) => counts.has(mark));
  return (
    <div className="row matrix-standing">
      <div className="row matrix-counts" role="status">
        <b className="strong figures nowrap">
          {formatCount(matrix.ended)} of {formatCount(matrix.cellCount)} runs ended
        </b>
        <span className="matrix-bar" aria-hidden>
          {shown.map((mark) => (
            <i key={mark} className={`mark-${mark}`} style={{ '--share': counts.get(mark) } as CSSProperties} />
          ))}
        </span>
        {shown.map((mark) => (
          <span key={mark} className={`figures nowrap mark-${mark}`} title={MARK_WORDS[mark]}>
            <VerdictIcon mark={mark} /> {formatCount(counts.get(mark) ?? 0)}
          </span>
        ))}
      </div>
      {views}
    </div>
  );
}
