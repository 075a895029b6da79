import type { ReactElement } from 'react';
import { formatDuration } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatTime } from '../../../kit/format.ts';
import { useReservations } from '../../../state/reservations.ts';

/** The clock of the harness's computer was set far ahead: nothing begins or ends by it before somebody agrees or it has stayed so. */
export function ClockDoubt(): ReactElement | null {
  const { doubtUntil, aheadMs } = useReservations((state) => state.clock);
  const trust = useAction(() => client.reservations.trustClock());
  if (doubtUntil === null) return null;
  return (
    <div className="note board-note">
      <span className="grow">
        {`The clock of this computer was set ${formatDuration(aheadMs)} ahead. Reservations begin and end by the time before until ${formatTime(doubtUntil)}.`}
      </span>
      <Button small busy={trust.busy} onClick={() => void trust.run()}>
        The new time is right
      </Button>
    </div>
  );
}
