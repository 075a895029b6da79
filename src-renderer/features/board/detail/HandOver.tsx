import { useState, type FormEvent, type ReactElement } from 'react';
import type { Reservation } from '../../../../src-shared/model/reservation.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { PersonField } from '../form/PersonField.tsx';

/** The colleague has it from now on, until the same end. */
export function HandOver({
  reservation,
  onDone,
}: {
  readonly reservation: Reservation;
  readonly onDone: (id: string) => void;
}): ReactElement {
  const [to, setTo] = useState('');
  const give = useAction(async () => onDone((await client.reservations.handOver({ id: reservation.id, to: to.trim() })).id));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (to.trim() !== '') void give.run();
  };
  return (
    <form className="inset" onSubmit={submit}>
      <div className="row">
        <PersonField label="Colleague" value={to} except={reservation.holder} onChange={setTo} />
        <Button small submits busy={give.busy} disabledReason={to.trim() === '' ? 'Say to whom' : null}>
          Hand over
        </Button>
      </div>
      {give.problem === null ? null : <ErrorState problem={give.problem} />}
    </form>
  );
}
