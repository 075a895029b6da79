import type { PointerEvent, ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { formatWhen } from '../../../kit/format.ts';
import type { Block, BlockKind } from '../model/blocks.ts';
import { shareOf, type Scale } from '../model/scale.ts';
import type { Hovered } from './HoverCard.tsx';
import { percent } from './percent.ts';

interface Props {
  readonly block: Block;
  readonly sut: Sut;
  readonly scale: Scale;
  readonly now: number;
  readonly selected: boolean;
  readonly onOpen: (id: string) => void;
  readonly onHover: (hovered: Hovered | null) => void;
}

const CLASSES: Readonly<Record<BlockKind, string>> = {
  mine: 'my-hold',
  other: 'other-hold',
  asked: 'asked-hold',
  mineAsked: 'asked-hold my-wish',
};

/** One hold; its elapsed part is faded, its label begins after the present, its runs are lines inside it. */
export function BlockView({ block, sut, scale, now, selected, onOpen, onHover }: Props): ReactElement {
  const { reservation, kind, runs } = block;
  const begin = Math.max(block.begin, scale.from);
  const end = Math.min(block.end, scale.to);
  const width = shareOf(scale, end) - shareOf(scale, begin);
  const inBlock = (at: number): string => percent((Math.min(Math.max(at, begin), end) - begin) / (end - begin));
  const enter = (event: PointerEvent<HTMLElement>): void => {
    const { left, bottom, top } = event.currentTarget.getBoundingClientRect();
    onHover({ block, sut, left: Math.max(left, event.clientX), top, bottom });
  };
  return (
    <button
      type="button"
      className={`block ${CLASSES[kind]}${runs.length > 0 ? ' has-run' : ''}${selected ? ' chosen' : ''}${block.begin < scale.from ? ' cut' : ''}${reservation.state === 'ended' ? ' over' : ''}`}
      style={{ left: percent(shareOf(scale, begin)), width: percent(width) }}
      aria-label={nameOf(block, sut, now)}
      onClick={() => onOpen(reservation.id)}
      onPointerEnter={enter}
      onPointerLeave={() => onHover(null)}
      onFocus={() => onHover(null)}
    >
      {now > begin && kind !== 'asked' && kind !== 'mineAsked' ? <i className="elapsed" style={{ width: inBlock(now) }} /> : null}
      {runs.map((run) => (
        <i
          key={run.id}
          className="run-line"
          style={{ left: inBlock(run.from), width: percent((Math.max(run.to, run.from) - run.from) / (end - begin)) }}
        />
      ))}
      <span className="block-label ellipsis" style={now > begin && now < end ? { marginLeft: inBlock(now) } : undefined}>
        <b>
          {kind === 'mine'
            ? 'You'
            : kind === 'mineAsked'
              ? 'You asked'
              : kind === 'asked'
                ? `${reservation.holder} asks`
                : reservation.holder}
        </b>{' '}
        <span>{reservation.purpose}</span>
      </span>
    </button>
  );
}

/** `dl380-07, you, until 16:30, fw-regression` */
function nameOf({ reservation, kind, begin, end }: Block, sut: Sut, now: number): string {
  const who = kind === 'mine' || kind === 'mineAsked' ? 'you' : reservation.holder;
  const from = begin > now ? `from ${formatWhen(begin, now)} ` : '';
  const until = end === Number.POSITIVE_INFINITY ? 'no end' : `until ${formatWhen(end, now)}`;
  const waits = kind === 'asked' || kind === 'mineAsked' ? ', waits' : '';
  return [sut.name, `${who}${waits}`, `${from}${until}`, reservation.purpose].filter(Boolean).join(', ');
}
