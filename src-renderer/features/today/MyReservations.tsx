import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useShallow } from 'zustand/react/shallow';
import type { Reservation } from '../../../src-shared/model/reservation.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { formatTime, formatWhen } from '../../kit/format.ts';
import { SectionHead } from '../../kit/Page.tsx';
import { useHarnessNow, useReservations } from '../../state/reservations.ts';
import { useMe } from '../../state/system.ts';

/** What the reader has asked for: for later, or in line. What is held now stands above, machine by machine. */
export function MyReservations(): ReactElement | null {
  const me = useMe();
  const now = useHarnessNow();
  const ids = useReservations(useShallow((state) => [...state.byId.values()].filter((one) => isAhead(one, me)).map(({ id }) => id)));
  const byId = useReservations((state) => state.byId);
  if (ids.length === 0) return null;
  return (
    <section aria-label="My reservations">
      <SectionHead
        ruled
        title="My reservations"
        count={ids.length}
        actions={
          <Button variant="quiet" small href={addresses.board}>
            Board
          </Button>
        }
      />
      {ids.flatMap((id) => {
        const one = byId.get(id);
        return one === undefined
          ? []
          : [
              <div key={id} className="mine">
                <Link className="run-name strong ellipsis" href={addresses.reservation(id)}>
                  {one.purpose === '' ? one.suts.map(({ name }) => name).join(', ') || 'By need' : one.purpose}
                </Link>
                <span className="dim small ellipsis grow">{one.suts.map(({ name }) => name).join(', ')}</span>
                <span className="dim small nowrap figures">{whenOf(one, now)}</span>
              </div>,
            ];
      })}
    </section>
  );
}

function isAhead({ state, holder }: Reservation, me: string | null): boolean {
  return holder === me && (state === 'waiting' || state === 'granted');
}

function whenOf({ state, begin, end, waiting }: Reservation, now: number): string {
  if (state === 'granted' && begin !== null) return `${formatWhen(begin, now)} to ${end === null ? 'no end' : formatTime(end)}`;
  if (waiting === null) return 'asked';
  const { position, expected } = waiting;
  return expected === null
    ? `place ${position}, not known when`
    : `place ${position}, about ${formatWhen(Math.max(now, expected.begin), now)}`;
}
