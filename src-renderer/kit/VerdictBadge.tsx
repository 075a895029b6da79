import type { ReactElement, ReactNode } from 'react';
import { MARK_WORDS, type Mark } from './marks.ts';
import { VerdictIcon } from './VerdictIcon.tsx';

interface Props {
  readonly mark: Mark;
  /** Another word than the mark's own, for instance "2 failed". */
  readonly children?: ReactNode;
}

/** Icon and word, for one verdict in a head or a detail. Rows use `VerdictIcon` alone. */
export function VerdictBadge({ mark, children }: Props): ReactElement {
  return (
    <span className={`badge badge-${mark}`}>
      <VerdictIcon mark={mark} decorative />
      {children ?? MARK_WORDS[mark]}
    </span>
  );
}
