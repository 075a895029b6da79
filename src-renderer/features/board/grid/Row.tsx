import { memo, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { addresses } from '../../../kit/addresses.ts';
import type { Block } from '../model/blocks.ts';
import type { Scale } from '../model/scale.ts';
import { BlockView } from './BlockView.tsx';
import type { Hovered } from './HoverCard.tsx';
import { SetAside, SutHealth } from './Standing.tsx';

interface Props {
  readonly sut: Sut;
  readonly top: number;
  readonly height: number;
  readonly number: number;
  readonly blocks: readonly Block[];
  readonly scale: Scale;
  readonly now: number;
  readonly active: boolean;
  readonly selected: string | null;
  readonly onOpen: (id: string) => void;
  readonly onHover: (hovered: Hovered | null) => void;
}

export const Row = memo(function Row({ sut, top, height, number, blocks, active, selected, onOpen, onHover, ...at }: Props): ReactElement {
  return (
    <div className={`board-row${active ? ' active' : ''}`} role="row" aria-rowindex={number} style={{ top, height }}>
      <div className="board-name" role="rowheader">
        <SutHealth sut={sut} />
        <Link className="ellipsis strong" href={addresses.sut(sut.id)}>
          {sut.name}
        </Link>
      </div>
      <div className="board-line" role="gridcell" data-row={number - 1}>
        <SetAside sut={sut} scale={at.scale} now={at.now} />
        {blocks.map((block) => (
          <BlockView
            key={block.reservation.id}
            block={block}
            sut={sut}
            {...at}
            selected={selected === block.reservation.id}
            onOpen={onOpen}
            onHover={onHover}
          />
        ))}
      </div>
    </div>
  );
});
