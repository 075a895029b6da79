import type { ReactElement } from 'react';
import { SectionHead } from '../../kit/Page.tsx';

interface Props {
  readonly title: string;
  readonly count: string;
  /** Number of runs. */
  readonly width: number;
}

/** Head of a part of the comparison, over all of its columns. */
export function CompareTitle({ title, count, width }: Props): ReactElement {
  return (
    <tr>
      <td colSpan={width + 1} className="history-group">
        <SectionHead title={title} count={count} />
      </td>
    </tr>
  );
}
