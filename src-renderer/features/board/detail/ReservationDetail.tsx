import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'wouter';
import type { Reservation } from '../../../../src-shared/model/reservation.ts';
import { isWish } from '../../../../src-shared/model/reservation-states.ts';
import { formatDuration } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatPerson } from '../../../kit/format.ts';
import { Facts, Panel } from '../../../kit/Page.tsx';
import { ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { When } from '../../../kit/Times.tsx';
import { useHarnessNow, useReservations } from '../../../state/reservations.ts';
import { useMe } from '../../../state/system.ts';
import { stateWords } from '../model/words.ts';
import { ReservationActions } from './ReservationActions.tsx';

interface Props {
  readonly id: string;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
}

/** One reservation: who, what, until when, and what can be done about it. Older ones than the board keeps are asked for. */
export function ReservationDetail({ id, onClose, onOpen }: Props): ReactElement {
  const live = useReservations((state) => state.byId.get(id));
  const asked = useCall(() => client.reservations.get({ id }), [id]);
  const reservation = live ?? asked.data;
  return (
    <Panel label="Reservation">
      <div className="row detail-title">
        <h2 className="panel-title ellipsis grow">{reservation == null ? 'Reservation' : titleOf(reservation)}</h2>
        <Button variant="quiet" small icon={<X />} label="Close" onClick={onClose} />
      </div>
      {reservation == null ? (
        asked.problem === null ? (
          <LoadingShape />
        ) : (
          <div className="board-pad">
            <ErrorState problem={asked.problem} />
          </div>
        )
      ) : (
        <div className="scroll grow">
          <ReservationActions reservation={reservation} onOpen={onOpen} />
          <div className="board-pad">
            <Shown reservation={reservation} />
          </div>
        </div>
      )}
    </Panel>
  );
}

function titleOf({ suts, need, purpose }: Reservation): string {
  if (purpose !== '') return purpose;
  if (suts.length > 0) return suts.map(({ name }) => name).join(', ');
  return need === null ? 'Reservation' : `${need.count} machines by need`;
}

function Shown({ reservation }: { readonly reservation: Reservation }): ReactElement {
  const me = useMe();
  const now = useHarnessNow();
  const { holder, requestedBy, suts, begin, end, durationMs, state, reason, waiting, requestedAt } = reservation;
  const length = durationMs === null ? 'no end' : formatDuration(durationMs);
  const facts: (readonly [string, ReactNode])[] = [
    ['Stands', stateWords(reservation, now)],
    ...(reason === null ? [] : [['Because', reason.message] as const]),
    ['Holder', formatPerson(holder, me)],
    ...(requestedBy === holder ? [] : [['Asked by', formatPerson(requestedBy, me)] as const]),
    ['Machines', <Machines key="machines" suts={suts} />],
    ...(begin === null ? [['Length', length] as const] : [['From', <When key="from" at={begin} />] as const]),
    ...(begin === null ? [] : [['Until', end === null ? 'no end' : <When key="until" at={end} />] as const]),
    ...(isWish(state) && waiting !== null ? waitingFacts(waiting, now) : []),
    ['At the end', endWords(reservation)],
    ['Runs', <Runs key="runs" reservation={reservation} />],
    ['Asked', <When key="asked" at={requestedAt} />],
  ];
  return <Facts facts={facts} />;
}

function endWords({ atEnd, provision }: Reservation): string {
  if (provision !== null) return `provision with ${provision.image ?? provision.recipe}`;
  return atEnd === 'powerOff' ? 'power off' : 'nothing';
}

function waitingFacts(waiting: NonNullable<Reservation['waiting']>, now: number): (readonly [string, ReactNode])[] {
  const { expected, inTheWay } = waiting;
  return [
    [
      'Expected',
      expected === null ? 'not known: nobody can say yet when it is free' : <When key="expected" at={Math.max(now, expected.begin)} />,
    ],
    ['Waits for', inTheWay.map(({ holder, suts, why }) => why ?? `${holder}, who has ${suts.join(', ')}`).join('; ')],
  ];
}

function Machines({ suts }: { readonly suts: Reservation['suts'] }): ReactElement {
  if (suts.length === 0) return <span className="dim">chosen when it is granted</span>;
  return (
    <span className="board-names">
      {suts.map(({ id, name }) => (
        <Link key={id} href={addresses.sut(id)}>
          {name}
        </Link>
      ))}
    </span>
  );
}

function Runs({ reservation }: { readonly reservation: Reservation }): ReactElement {
  const runs = useReservations((state) => state.runs);
  const { suts, begin, end, holder } = reservation;
  const found = runs.filter(
    (run) =>
      begin !== null &&
      run.startedBy === holder &&
      run.startedAt >= begin &&
      run.startedAt < (end ?? Number.POSITIVE_INFINITY) &&
      run.sutIds.some((id) => suts.some((sut) => sut.id === id)),
  );
  if (found.length === 0) return <span className="dim">none</span>;
  return (
    <span className="board-names">
      {found.slice(0, 20).map((run) => (
        <Link key={run.id} href={addresses.run(run.id)}>
          {run.name}
        </Link>
      ))}
    </span>
  );
}
