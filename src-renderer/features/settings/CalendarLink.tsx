import { useState, type ReactElement } from 'react';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';

/** An address that calendars of this computer subscribe to: shown once, taken back at a press. */
export function CalendarLink(): ReactElement {
  const state = useCall((signal) => client.reservations.calendarLink(undefined, { signal }), []);
  const [address, setAddress] = useState<string | null>(null);
  const make = useAction(async () => {
    setAddress((await client.reservations.makeCalendarLink()).address);
    state.again();
  });
  const remove = useAction(async () => {
    await client.reservations.removeCalendarLink();
    setAddress(null);
    state.again();
  });
  const madeAt = state.data?.madeAt ?? null;
  const problem = make.problem ?? remove.problem;
  return (
    <div className="column calendar-link">
      <div className="row tight">
        <Button busy={make.busy} onClick={() => void make.run()}>
          {madeAt === null ? 'Make an address' : 'Make a new address'}
        </Button>
        {madeAt === null ? null : (
          <Button variant="quiet" busy={remove.busy} onClick={() => void remove.run()}>
            Take it back
          </Button>
        )}
      </div>
      {address === null ? null : (
        <span className="row tight">
          <span className="field grow">
            <input
              className="mono"
              aria-label="Address for calendars"
              readOnly
              value={address}
              onFocus={(event) => event.currentTarget.select()}
            />
          </span>
          <Button small onClick={() => void navigator.clipboard.writeText(address)}>
            Copy
          </Button>
        </span>
      )}
      <span className="dim small">
        {madeAt === null ? (
          'No calendar reads them.'
        ) : (
          <>
            One address is open, made <When at={madeAt} />
            {address === null ? '. It is shown only when it is made.' : '. Keep it now: it is not shown again.'}
          </>
        )}
      </span>
      {problem === null ? null : <ErrorState problem={problem} />}
    </div>
  );
}
