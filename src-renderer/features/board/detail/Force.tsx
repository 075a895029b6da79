import { useState, type FormEvent, type ReactElement } from 'react';
import type { Reservation } from '../../../../src-shared/model/reservation.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useSuts } from '../../../state/suts.ts';

/** Says who is hurt before it is done: the holder, and the run that works. */
export function Force({ reservation, onDone }: { readonly reservation: Reservation; readonly onDone: () => void }): ReactElement {
  const [reason, setReason] = useState('');
  const uses = useSuts((state) => reservation.suts.flatMap(({ id }) => state.byId.get(id)?.inUse?.runName ?? []).join(', '));
  const take = useAction(async () => {
    await client.reservations.force({ id: reservation.id, reason: reason.trim() });
    onDone();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() !== '') void take.run();
  };
  const names = reservation.suts.map(({ name }) => name).join(', ');
  return (
    <form className="confirmation" onSubmit={submit}>
      <div className="strong">{`Take ${names} back from ${reservation.holder}?`}</div>
      <div className="mid small">
        {uses === ''
          ? `${reservation.holder} is not asked: consoles end at once.`
          : `${reservation.holder} is not asked. ${uses} is stopped, consoles end at once.`}
      </div>
      <label className="field">
        <input
          aria-label="Why"
          placeholder="Why: the holder reads it"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <div className="actions">
        <Button variant="quiet" onClick={onDone}>{`Leave it with ${reservation.holder}`}</Button>
        <Button variant="harm" submits busy={take.busy} disabledReason={reason.trim() === '' ? 'Say why' : null}>
          Take back
        </Button>
      </div>
      {take.problem === null ? null : <ErrorState problem={take.problem} />}
    </form>
  );
}
