import { useState, type FormEvent, type ReactElement } from 'react';
import type { HubSut } from '../../../src-shared/model/hub-directory.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { ErrorState } from '../../kit/States.tsx';

const HOUR_MS = 3_600_000;

interface Props {
  readonly sut: HubSut;
  readonly onAsked: () => void;
  readonly onClose: () => void;
}

/** Asks the lab for one machine, now or for later. The lab decides; this only asks. */
export function ReserveForm({ sut, onAsked, onClose }: Props): ReactElement {
  const [begin, setBegin] = useState('');
  const [hours, setHours] = useState('2');
  const [purpose, setPurpose] = useState('');
  const [id, setId] = useState(() => crypto.randomUUID());
  const ask = useAction(async () => {
    await hub.reservations.ask({
      id,
      harnessId: sut.harnessId,
      suts: [sut.name],
      ...(begin === '' ? {} : { begin: new Date(begin).getTime() }),
      ...(hours === '' ? {} : { durationMs: Math.round(Number(hours) * HOUR_MS) }),
      purpose,
    });
    setId(crypto.randomUUID());
    onAsked();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void ask.run();
  };
  return (
    <section aria-label={`Reserve ${sut.name}`}>
      <SectionHead title={`Reserve ${sut.name}`} about={sut.harness} ruled />
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">From, empty for now</span>
          <span className="field">
            <input type="datetime-local" value={begin} onChange={(event) => setBegin(event.currentTarget.value)} />
          </span>
        </label>
        <label>
          <span className="small mid">Hours, empty for no end</span>
          <span className="field" style={{ width: 96 }}>
            <input
              type="number"
              min="0.25"
              max="2000"
              step="0.25"
              value={hours}
              onChange={(event) => setHours(event.currentTarget.value)}
            />
          </span>
        </label>
        <label className="grow">
          <span className="small mid">What for</span>
          <span className="field">
            <input value={purpose} maxLength={500} onChange={(event) => setPurpose(event.currentTarget.value)} />
          </span>
        </label>
        <Button variant="primary" submits busy={ask.busy}>
          Reserve
        </Button>
        <Button variant="quiet" onClick={onClose}>
          Close
        </Button>
      </form>
      {ask.problem === null ? null : (
        <div className="hub-body">
          <ErrorState problem={ask.problem} />
        </div>
      )}
    </section>
  );
}
