import type { ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { formatRough } from '../../../../src-shared/text/quantities.ts';
import { formatTime, formatWhen } from '../../../kit/format.ts';
import { Facts } from '../../../kit/Page.tsx';
import { useReservations } from '../../../state/reservations.ts';
import { useMe } from '../../../state/system.ts';
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
  const me = useMe();
  const waiting = useReservations((state) => waitersFor(state.byId.values(), sut.id));
  const next = useReservations((state) => nextOn(state.byId.values(), sut.id, block));
  const until = endWords(block, now);
  const left = Math.min(hovered.left, window.innerWidth - WIDTH - 16);
  const below = hovered.bottom + HEIGHT < window.innerHeight;
  return (
    <div
      className="hover-card"
      style={{ left, width: WIDTH, ...(below ? { top: hovered.bottom + 6 } : { bottom: window.innerHeight - hovered.top + 6 }) }}
      aria-hidden
    >
      <div className="row">
        <b className="strong">{reservation.holder === me ? 'You' : reservation.holder}</b>
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
                  ? 'the next in line'
                  : `free until ${formatWhen(next, now)}`,
          ],
          ['In line', waiting === '' ? 'nobody' : waiting],
        ]}
      />
    </div>
  );
}

/** The day is said only where it is another one. */
function endWords({ begin, end }: Block, now: number): string {
  if (end === Number.POSITIVE_INFINITY) return 'no end';
  return new Date(begin).toDateString() === new Date(end).toDateString() ? formatTime(end) : formatWhen(end, now);
}

function leftOf({ begin, end }: Block, now: number): string {
  return end === Number.POSITIVE_INFINITY || end <= now || begin > now ? '' : `, ${formatRough(end - now)} left`;
}

type Some = Iterable<Block['reservation']>;

/** As text, so that a change of others does not draw the card anew. */
function waitersFor(reservations: Some, sutId: string): string {
  return [...reservations]
    .filter(({ state, suts }) => state === 'waiting' && suts.some(({ id }) => id === sutId))
    .map(({ holder }) => holder)
    .join(', ');
}

/** When the next one has it: granted, or planned for who waits. */
function nextOn(reservations: Some, sutId: string, { reservation, end }: Block): number | null {
  const begins = [...reservations].flatMap(({ id, state, suts, begin, waiting }) => {
    const at = state === 'granted' ? begin : (waiting?.expected?.begin ?? null);
    return id === reservation.id || at === null || at < end || !suts.some((sut) => sut.id === sutId) ? [] : [at];
  });
  return begins.length === 0 ? null : Math.min(...begins);
}
