import type { CSSProperties, ReactElement } from 'react';
import type { Counts as CountsModel } from '../../src-shared/model/run.ts';
import { formatCount } from '../../src-shared/text/quantities.ts';
import { MARK_WORDS, type Mark } from './marks.ts';
import { VerdictIcon } from './VerdictIcon.tsx';

interface Props {
  readonly counts: CountsModel;
  /** Cases selected; shown as `of 82` when given. */
  readonly total?: number;
}

const ORDER: readonly (keyof CountsModel & Mark)[] = ['passed', 'failed', 'skipped', 'notRun'];

/** Icon and number per verdict that occurs, in the order of the bar beside them. */
export function Counts({ counts, total }: Props): ReactElement {
  const shown = ORDER.filter((mark) => counts[mark] > 0);
  return (
    <span className="counts">
      {shown.map((mark) => (
        <span
          key={mark}
          className={`mark-${mark}`}
          aria-label={`${formatCount(counts[mark])} ${MARK_WORDS[mark].toLowerCase()}`}
          role="img"
        >
          <VerdictIcon mark={mark} decorative />
          {formatCount(counts[mark])}
        </span>
      ))}
      {total === undefined || total === 0 ? null : (
        <span className="dim">
          {shown.length === 0 ? '0 of ' : 'of '}
          {formatCount(total)}
        </span>
      )}
    </span>
  );
}

/** The bar beside the figures, never instead of them; its width is the place it is given, unless told in pixels. */
export function CountsBar({ counts, total = 0, width }: Props & { readonly width?: number }): ReactElement {
  const done = counts.passed + counts.failed + counts.skipped;
  const rest = Math.max(counts.notRun, total - done, done === 0 ? 1 : 0);
  const part = (name: string, share: number): ReactElement | null =>
    share === 0 ? null : <i className={name} style={{ '--share': share } as CSSProperties} />;
  return (
    <span className="counts-bar" aria-hidden style={width === undefined ? undefined : { width }}>
      {part('passed', counts.passed)}
      {part('failed', counts.failed)}
      {part('skipped', counts.skipped)}
      {part('rest', rest)}
    </span>
  );
}
