import { useState, type FormEvent, type ReactElement } from 'react';
import type { Reservation } from '../../../../src-shared/model/reservation.ts';
import { isWish } from '../../../../src-shared/model/reservation-states.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useHarnessNow } from '../../../state/reservations.ts';
import { fromLocalText, toLocalText } from '../model/local-text.ts';

interface Props {
  readonly reservation: Reservation;
  readonly maintains: boolean;
  readonly onDone: () => void;
}

type Change = { end: number } | { durationMs: number } | { open: true };
const HOUR = 3_600_000;

/** Another end, earlier or later. Whom a later one would hurt is named; the maintainer may overrule those who only wait. */
export function Extend({ reservation, maintains, onDone }: Props): ReactElement {
  const now = useHarnessNow();
  const { id, end, begin, durationMs, state } = reservation;
  const [text, setText] = useState(toLocalText(end ?? now + 2 * HOUR));
  const [last, setLast] = useState<Change | null>(null);
  const change = useAction(async (wanted: Change, overrule: boolean) => {
    setLast(wanted);
    await client.reservations.changeEnd({ id, ...wanted, overrule });
    onDone();
  });
  const later = (hours: number): Change =>
    isWish(state) ? { durationMs: (durationMs ?? 0) + hours * HOUR } : { end: Math.max(end ?? now, begin ?? now) + hours * HOUR };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const at = fromLocalText(text);
    if (at !== null) void change.run({ end: at }, false);
  };
  return (
    <form className="inset" onSubmit={submit}>
      <div className="row wrap">
        {end === null && durationMs === null
          ? null
          : [0.5, 1, 2, 8].map((hours) => (
              <Button key={hours} small busy={change.busy} onClick={() => void change.run(later(hours), false)}>
                {hours < 1 ? '+ 30 min' : `+ ${hours} h`}
              </Button>
            ))}
        <Button small busy={change.busy} onClick={() => void change.run({ open: true }, false)}>
          No end
        </Button>
      </div>
      {isWish(state) ? null : (
        <div className="row">
          <label className="field grow">
            <input type="datetime-local" aria-label="New end" value={text} onChange={(event) => setText(event.currentTarget.value)} />
          </label>
          <Button small submits busy={change.busy}>
            Set the end
          </Button>
        </div>
      )}
      {change.problem === null ? null : (
        <ErrorState
          problem={change.problem}
          actions={
            maintains && change.problem.code === 'CONFLICT' && last !== null ? (
              <Button small variant="danger" onClick={() => void change.run(last, true)}>
                Let those who wait wait longer
              </Button>
            ) : undefined
          }
        />
      )}
    </form>
  );
}
