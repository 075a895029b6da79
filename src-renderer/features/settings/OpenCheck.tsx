import { useState, type ReactElement } from 'react';
import type { DoctorCheck, DoctorLine, DoctorPlace, DoctorRemedy } from '../../../src-shared/model/doctor.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { HealthIcon } from '../../kit/HealthIcon.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';

interface Props {
  readonly check: DoctorCheck;
  readonly onRepaired: (check: DoctorCheck) => void;
}

/** Something to repair: what, each thing of it with its page, what to do, and the button that does it. */
export function OpenCheck({ check, onRepaired }: Props): ReactElement {
  const { number, outcome, title, detail, lines, repair, remedy } = check;
  return (
    <div className="check open">
      <span className="dim figures right">{number}</span>
      {outcome === 'broken' ? <VerdictIcon mark="failed" /> : <HealthIcon health="degraded" />}
      <span className="strong">{title}</span>
      <div className="whole small">
        <div className="mid">{detail}</div>
        {lines.length === 0 ? null : (
          <ul className="check-lines">
            {lines.map((line) => (
              <Line key={line.text} line={line} />
            ))}
          </ul>
        )}
        {repair === null ? null : <div>{repair}</div>}
        {remedy === null ? null : <div className="dim">{remedy.does}</div>}
      </div>
      {remedy === null ? <Copy check={check} /> : <Repair key={remedy.mark} number={number} remedy={remedy} onRepaired={onRepaired} />}
    </div>
  );
}

function Line({ line: { text, place } }: { readonly line: DoctorLine }): ReactElement {
  return (
    <li className="row">
      <span className="grow">{text}</span>
      {place === null ? null : (
        <Button small variant="quiet" href={addressOf(place)}>
          Open
        </Button>
      )}
    </li>
  );
}

function addressOf(place: DoctorPlace): string {
  if (place.page === 'sut') return addresses.sut(place.id);
  return place.page === 'hub' ? addresses.hub : `${addresses.settings}/${place.section}`;
}

interface RepairProps {
  readonly number: number;
  readonly remedy: DoctorRemedy;
  readonly onRepaired: (check: DoctorCheck) => void;
}

function Repair({ number, remedy, onRepaired }: RepairProps): ReactElement {
  const [said, setSaid] = useState<string | null>(null);
  const deed = useAction(async () => {
    for await (const event of await client.system.repair({ number, mark: remedy.mark })) {
      if (event.type === 'progress') setSaid(event.progress.step);
      else onRepaired(event.check);
    }
  });
  const start = (): void => void deed.run();
  return (
    <span className="column repair">
      {remedy.hurts === null ? (
        <Button small busy={deed.busy} onClick={start}>
          {remedy.verb}
        </Button>
      ) : (
        <ConfirmButton
          small
          busy={deed.busy}
          title={`${remedy.verb}?`}
          harm={`${remedy.does} ${remedy.hurts}`}
          verb={remedy.verb}
          safe="Leave it"
          onConfirm={start}
        >
          {remedy.verb}
        </ConfirmButton>
      )}
      {said === null || !deed.busy ? null : <span className="dim tiny">{said}</span>}
      {deed.problem === null ? null : (
        <span className="mark-failed tiny" role="alert">
          {deed.problem.message}
        </span>
      )}
    </span>
  );
}

function Copy({ check: { detail, lines, repair } }: { readonly check: DoctorCheck }): ReactElement {
  const [copied, setCopied] = useState(false);
  const text = [detail, ...lines.map((line) => line.text), repair ?? ''].join('\n');
  return (
    <Button small variant="quiet" onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      {copied ? 'Copied' : 'Copy'}
    </Button>
  );
}
