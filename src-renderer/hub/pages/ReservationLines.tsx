import { useState, type ReactElement } from 'react';
import type { HubReservation } from '../../../src-shared/model/hub-directory.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { useNow } from '../../kit/use-now.ts';
import { readReservation } from '../read-reservation.ts';
import { ConsoleLinks } from './ConsoleLinks.tsx';
import { ChangeReservation } from './ChangeReservation.tsx';

interface Props {
  readonly reservations: readonly HubReservation[];
  /** Whose may be ended here: a login. */
  readonly me: string;
  readonly onChanged: () => void;
}

export function ReservationLines({ reservations, me, onChanged }: Props): ReactElement {
  return (
    <ul className="hub-lines">
      {reservations.map((reservation) => (
        <Line key={reservation.id} reservation={reservation} mine={reservation.person === me} onChanged={onChanged} />
      ))}
    </ul>
  );
}

function Line({
  reservation,
  mine,
  onChanged,
}: {
  readonly reservation: HubReservation;
  readonly mine: boolean;
  readonly onChanged: () => void;
}): ReactElement {
  const now = useNow('minute');
  const end = useAction(async () => {
    await hub.reservations.end({ id: reservation.id });
    onChanged();
  });
  const held = reservation.state === 'active' || reservation.state === 'granted';
  const [open, setOpen] = useState(false);
  const changes = mine && held && reservation.endAskedAt === null;
  return (
    <li>
      <span className="strong">{reservation.suts.join(', ')}</span>
      <span className="dim">{reservation.harness}</span>
      {mine ? null : <span className="mid">{reservation.person}</span>}
      <span className="grow" />
      {mine && reservation.state === 'active' && reservation.endAskedAt === null ? (
        <Button small href={`/runs/new?reservation=${reservation.id}`}>
          Run on it
        </Button>
      ) : null}
      {mine && reservation.state === 'active' ? <ConsoleLinks {...reservation} /> : null}
      {changes ? (
        <Button small aria-expanded={open} onClick={() => setOpen(!open)}>
          Change
        </Button>
      ) : null}
      {!mine || reservation.over || reservation.endAskedAt !== null ? null : (
        <Button small busy={end.busy} onClick={() => void end.run()}>
          {held ? 'Release' : 'Withdraw'}
        </Button>
      )}
      <span className="wide mid small">
        {readReservation(reservation, now)}
        {reservation.purpose === '' ? null : <span className="dim"> {reservation.purpose}</span>}
      </span>
      {changes && open ? (
        <div className="wide">
          <ChangeReservation
            reservation={reservation}
            onDone={() => {
              setOpen(false);
              onChanged();
            }}
          />
        </div>
      ) : null}
      {reservation.changeRefused === null ? null : <span className="wide small mark-failed">{reservation.changeRefused}</span>}
      {end.problem === null ? null : (
        <span className="wide small mark-failed" role="alert">
          {end.problem.message}
        </span>
      )}
    </li>
  );
}
