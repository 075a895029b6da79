import { Hand, HandGrab, ShieldAlert, Timer } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { Reservation } from '../../../../src-shared/model/reservation.ts';
import { isOver, isWish } from '../../../../src-shared/model/reservation-states.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ConfirmButton } from '../../../kit/Confirm.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useSuts } from '../../../state/suts.ts';
import { useMe } from '../../../state/system.ts';
import { Extend } from './Extend.tsx';
import { Force } from './Force.tsx';
import { HandOver } from './HandOver.tsx';

interface Props {
  readonly reservation: Reservation;
  readonly onOpen: (id: string) => void;
}

type Open = 'extend' | 'handOver' | 'force' | null;

/** Extend, hand over, end, take back: each asks in place where somebody is hurt, and is offered to whom it is allowed. */
export function ReservationActions({ reservation, onOpen }: Props): ReactElement | null {
  const me = useMe();
  const byId = useSuts((state) => state.byId);
  const [open, setOpen] = useState<Open>(null);
  const maintainers = reservation.suts.map(({ id }) => byId.get(id)?.maintainedBy);
  const maintains = maintainers.length > 0 && maintainers.every((name) => name === me);
  const begun = reservation.state === 'active';
  const mine = reservation.holder === me || (!begun && reservation.requestedBy === me);
  if (isOver(reservation.state) || reservation.state === 'ending') return null;
  if (!mine && !maintainers.includes(me ?? '')) return <Foreign reservation={reservation} maintainers={maintainers} />;
  const toggle = (which: Open) => (): void => setOpen(open === which ? null : which);
  const held = !isWish(reservation.state);
  return (
    <div className="board-actions">
      <div className="row wrap">
        <Button icon={<Timer />} expanded={open === 'extend'} onClick={toggle('extend')}>
          Change the end
        </Button>
        {held ? (
          <Button icon={<HandGrab />} expanded={open === 'handOver'} onClick={toggle('handOver')}>
            Hand over
          </Button>
        ) : null}
        {mine ? <End reservation={reservation} /> : null}
        {maintains && !mine ? (
          <Button variant="danger" icon={<ShieldAlert />} expanded={open === 'force'} onClick={toggle('force')}>
            Take back
          </Button>
        ) : null}
      </div>
      {open === 'extend' ? <Extend reservation={reservation} maintains={maintains} onDone={() => setOpen(null)} /> : null}
      {open === 'handOver' ? <HandOver reservation={reservation} onDone={onOpen} /> : null}
      {open === 'force' ? <Force reservation={reservation} onDone={() => setOpen(null)} /> : null}
    </div>
  );
}

function Foreign({
  reservation,
  maintainers,
}: {
  readonly reservation: Reservation;
  readonly maintainers: readonly (string | undefined)[];
}): ReactElement {
  const who = [...new Set([reservation.holder, ...maintainers.flatMap((name) => name ?? [])])].join(' or ');
  return <p className="board-pad dim small">{`Only ${who} can change it. Ask, or reserve from when it ends.`}</p>;
}

/** A wish and what has not begun go at once; a hold under a run names the run first. */
function End({ reservation }: { readonly reservation: Reservation }): ReactElement {
  const end = useAction(() => client.reservations.release({ id: reservation.id }));
  const uses = useSuts((state) => reservation.suts.flatMap(({ id }) => state.byId.get(id)?.inUse?.runName ?? []).join(', '));
  const verb = isWish(reservation.state) ? 'Withdraw' : reservation.state === 'granted' ? 'Cancel' : 'End now';
  return (
    <>
      {uses === '' || reservation.state !== 'active' ? (
        <Button icon={<Hand />} busy={end.busy} onClick={() => void end.run()}>
          {verb}
        </Button>
      ) : (
        <ConfirmButton
          icon={<Hand />}
          busy={end.busy}
          title="End this reservation?"
          harm={`${uses} works on it. It is asked to stop, so that tear-downs run; the machines are free afterwards.`}
          verb="Stop the run and end"
          safe="Keep it"
          onConfirm={() => void end.run()}
        >
          {verb}
        </ConfirmButton>
      )}
      {end.problem === null ? null : (
        <div className="whole-line">
          <ErrorState problem={end.problem} />
        </div>
      )}
    </>
  );
}
