import type { ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { formatDuration } from '../../../../src-shared/text/quantities.ts';
import { formatWhen } from '../../../kit/format.ts';
import { Facts } from '../../../kit/Page.tsx';
import { useReservations } from '../../../state/reservations.ts';
import type { Block } from '../model/blocks.ts';
import { stateWords } from '../model/words.ts';

export interface Hovered {
  readonly block: Block;
  readonly sut: Sut;
  /** Where the hold is on the screen, px. */
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

const WIDTH = 320;
const HEIGHT = 210;

/** Who, until when, what for, which run, what comes then. It takes no pointer: it is never in the way. */
export function HoverCard({ hovered, now }: { readonly hovered: Hovered; readonly now: number }): ReactElement {
  const { block, sut } = hovered;
  const { reservation } = block;
  const waiting = useReservations((state) => waitersFor(state.byId.values(), sut.id));
  const next = useReservations((state) => nextOn(state.byId.values(), sut.id, block));
  const until = block.end === Number.POSITIVE_INFINITY ? 'no end' : formatWhen(block.end, now);
  const left = Math.min(hovered.left, window.innerWidth - WIDTH - 16);
  const below = hovered.bottom + HEIGHT < window.innerHeight;
  return (
    <div
      className="hover-card"
      style={{ left, width: WIDTH, ...(below ? { top: hovered.bottom + 6 } : { bottom: window.innerHeight - hovered.top + 6 }) }}
      aria-hidden
    >
      <div className="row">
        <b className="strong">{reservation.holder}</b>
        <span className="dim small">{stateWords(reservation, now)}</span>
      </div>
      <Facts
        facts={[
          ['Machine', reservation.suts.map(({ name }) => name).join(', ') || sut.name],
          ['Held', `${formatWhen(block.begin, now)} to ${until}${leftOf(block, now)}`],
          ...(reservation.purpose === '' ? [] : [['For', reservation.purpose] as const]),
          ['In use by', block.runs.length === 0 ? 'no run' : block.runs.map(({ name }) => name).join(', ')],
          [
            'Then',
            block.end === Number.POSITIVE_INFINITY
              ? 'not known'
              : next === null
                ? 'free'
                : next === block.end
                  ? 'the next at once'
                  : `free until ${formatWhen(next, now)}`,
          ],
          ['In line', waiting === '' ? 'nobody' : waiting],
        ]}
      />
    </div>
  );
}

function leftOf({ end }: Block, now: number): string {
  return end === Number.POSITIVE_INFINITY || end <= now ? '' : `, ${formatDuration(end - now)} left`;
}

type Some = Iterable<Block['reservation']>;

/** As text, so that a change of others does not draw the card anew. */
function waitersFor(reservations: Some, sutId: string): string {
  return [...reservations]
    .filter(({ state, suts }) => state === 'waiting' && suts.some(({ id }) => id === sutId))
    .map(({ holder }) => holder)
    .join(', ');
}

function nextOn(reservations: Some, sutId: string, { end }: Block): number | null {
  const begins = [...reservations]
    .filter(({ state, suts, begin }) => state === 'granted' && begin !== null && begin >= end && suts.some(({ id }) => id === sutId))
    .map(({ begin }) => begin ?? 0);
  return begins.length === 0 ? null : Math.min(...begins);
}
