import { useState, type FormEvent, type ReactElement } from 'react';
import type { HubSut } from '../../../src-shared/model/hub-directory.ts';
import { limitWords } from '../../../src-shared/model/share-limits.ts';
import { labTime, zonesDiffer } from '../../../src-shared/text/lab-time.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';

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
      <LabClock sut={sut} begin={begin} />
      {sut.limits.groups.length === 0 && sut.limits.hours === null ? null : (
        <p className="small mid hub-body" role="note">
          {sut.harness} shares it {limitWords(sut.limits)}
          {sut.limits.hours === null ? '' : ', by its own clocks'}.
        </p>
      )}
      {ask.problem === null ? null : (
        <div className="hub-body">
          <ErrorState problem={ask.problem} />
        </div>
      )}
    </section>
  );
}

/** Hours at a lab elsewhere are other hours: said before somebody reserves a machine for the middle of its night. */
function LabClock({ sut: { harness, zone }, begin }: { readonly sut: HubSut; readonly begin: string }): ReactElement | null {
  const now = useNow('minute');
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const at = begin === '' ? now : new Date(begin).getTime();
  if (zone === '' || Number.isNaN(at) || !zonesDiffer(at, own, zone)) return null;
  return (
    <p className="small mid hub-body" role="note">
      Times are yours, {own}. At {harness} it is {begin === '' ? 'now' : 'then'} {labTime(at, zone)}, {zone}.
    </p>
  );
}
