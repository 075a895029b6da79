import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo, type ReactElement } from 'react';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import type { Block } from '../model/blocks.ts';
import { freeOf, type GroupLine } from '../model/lines.ts';
import { shareOf, type Scale } from '../model/scale.ts';
import { percent } from './percent.ts';

interface Props {
  readonly line: GroupLine;
  readonly top: number;
  readonly height: number;
  readonly number: number;
  readonly blocks: ReadonlyMap<string, readonly Block[]>;
  readonly scale: Scale;
  readonly now: number;
  readonly onFold: (group: string) => void;
}

/** Head of a group: how many of its machines are free for each whole step; folded, what share of them is held too. */
export const GroupRow = memo(function GroupRow({ line, top, height, number, blocks, scale, now, onFold }: Props): ReactElement {
  const { group, suts, folded } = line;
  return (
    <div className="board-row board-group" role="row" aria-rowindex={number} style={{ top, height }}>
      <div className="board-name" role="rowheader">
        <button type="button" className="row tight ellipsis" aria-expanded={!folded} onClick={() => onFold(group)}>
          {folded ? <ChevronRight aria-hidden /> : <ChevronDown aria-hidden />}
          <span className="strong ellipsis">{group}</span>
          <span className="dim small figures">{formatCount(suts.length)}</span>
        </button>
      </div>
      <div className="board-free" role="gridcell">
        {freeOf(suts, { blocks, scale, now }).map(({ at, to, free }) => (
          <span
            key={at}
            className="figures"
            title={`${formatCount(free)} of ${formatCount(suts.length)} free`}
            style={{ left: percent(shareOf(scale, at)), width: percent(shareOf(scale, to) - shareOf(scale, at)) }}
          >
            {folded ? <i aria-hidden style={{ height: `${((suts.length - free) / suts.length) * 40}%` }} /> : null}
            <b>{free}</b>
          </span>
        ))}
      </div>
    </div>
  );
});
