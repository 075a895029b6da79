import { notifications } from '@mantine/notifications';
import { CalendarClock } from 'lucide-react';
import { useEffect, useRef, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { Reservation } from '../../src-shared/model/reservation.ts';
import { client } from '../bridge/client.ts';
import { addresses } from '../kit/addresses.ts';
import { Button } from '../kit/Button.tsx';
import { formatTime } from '../kit/format.ts';
import { toProblem } from '../kit/problem.ts';
import { useHarnessNow, useReservations } from '../state/reservations.ts';
import { useMe } from '../state/system.ts';
import { endsSoon } from './ends-soon.ts';

const HOUR = 3_600_000;
/** That one's own hold is about to end is told once, with what can be done about it. */
export function useReservationNotices(): void {
  const me = useMe();
  const now = useHarnessNow();
  const reservations = useReservations((state) => state.byId);
  const [, go] = useLocation();
  const told = useRef(new Set<string>());
  useEffect(() => {
    for (const one of reservations.values()) {
      const key = `${one.id} ${one.end ?? ''}`;
      if (one.holder !== me || !endsSoon(one, now) || told.current.has(key)) continue;
      told.current.add(key);
      show(one, go);
    }
  }, [reservations, me, now, go]);
}

function show(reservation: Reservation, go: (address: string) => void): void {
  const id = `ends ${reservation.id}`;
  const hide = (): void => void notifications.hide(id);
  notifications.show({
    id,
    icon: <CalendarClock aria-hidden />,
    title: `Your hold of ${reservation.suts.map(({ name }) => name).join(', ')} ends at ${formatTime(reservation.end ?? 0)}`,
    message: <Message reservation={reservation} onHide={hide} onOpen={() => (hide(), go(addresses.reservation(reservation.id)))} />,
    autoClose: false,
    withCloseButton: true,
  });
}

interface MessageProps {
  readonly reservation: Reservation;
  readonly onHide: () => void;
  readonly onOpen: () => void;
}

function Message({ reservation, onHide, onOpen }: MessageProps): ReactElement {
  const longer = (): void => {
    onHide();
    client.reservations
      .changeEnd({ id: reservation.id, end: (reservation.end ?? 0) + HOUR })
      .catch((error: unknown) =>
        notifications.show({ title: 'It cannot last longer', message: toProblem(error).message, autoClose: false }),
      );
  };
  return (
    <>
      <div>Then its runs are stopped and its consoles end.</div>
      <div className="row tight" style={{ marginTop: 8 }}>
        <Button small onClick={longer}>
          Keep it 1 h longer
        </Button>
        <Button small variant="quiet" onClick={onOpen}>
          Open
        </Button>
      </div>
    </>
  );
}
