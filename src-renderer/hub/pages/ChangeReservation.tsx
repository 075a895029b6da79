import { useState, type FormEvent, type ReactElement } from 'react';
import type { HubReservation } from '../../../src-shared/model/hub-directory.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';

const HOUR = 3_600_000;

/** Another end, or another holder. The lab decides both; a refusal names who would be late. */
export function ChangeReservation({
  reservation: { id, begin, end },
  onDone,
}: {
  readonly reservation: HubReservation;
  readonly onDone: () => void;
}): ReactElement {
  const now = useNow('minute');
  const [to, setTo] = useState('');
  const [at, setAt] = useState<'hub' | 'lab'>('hub');
  const change = useAction(async (wanted: number | null) => {
    await hub.reservations.changeEnd({ id, end: wanted });
    onDone();
  });
  const give = useAction(async () => {
    await hub.reservations.handOver({ id, to: to.trim(), at });
    onDone();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (to.trim() !== '') void give.run();
  };
  const problem = change.problem ?? give.problem;
  return (
    <>
      <div className="hub-form" role="group" aria-label="Another end">
        {[1, 2, 8].map((hours) => (
          <Button key={hours} small busy={change.busy} onClick={() => void change.run((end ?? Math.max(now, begin ?? now)) + hours * HOUR)}>
            {end === null ? `End in ${hours} h` : `+ ${hours} h`}
          </Button>
        ))}
        {end === null ? null : (
          <Button small busy={change.busy} onClick={() => void change.run(null)}>
            No end
          </Button>
        )}
      </div>
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">Hand over to</span>
          <span className="field">
            <select value={at} onChange={(event) => setAt(event.currentTarget.value === 'lab' ? 'lab' : 'hub')}>
              <option value="hub">somebody here</option>
              <option value="lab">its maintainer at the lab</option>
            </select>
          </span>
        </label>
        <label>
          <span className="small mid">{at === 'hub' ? 'Login' : 'Name, as the lab shows it'}</span>
          <span className="field">
            <input value={to} onChange={(event) => setTo(event.currentTarget.value)} />
          </span>
        </label>
        <Button small submits busy={give.busy} disabledReason={to.trim() === '' ? 'Say to whom' : null}>
          Hand over
        </Button>
      </form>
      {problem === null ? null : <ErrorState problem={problem} />}
    </>
  );
}
