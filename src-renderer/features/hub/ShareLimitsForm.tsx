import { useState, type FormEvent, type ReactElement } from 'react';
import { clock, type ShareLimits } from '../../../src-shared/model/share-limits.ts';
import { Button } from '../../kit/Button.tsx';

interface Props {
  readonly name: string;
  readonly limits: ShareLimits;
  readonly busy: boolean;
  readonly onSave: (limits: ShareLimits) => void;
  readonly onClose: () => void;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const WORK = { days: [1, 2, 3, 4, 5], from: 480, to: 1080 };

/** With which groups of the hub a machine is shared, and in which hours. */
export function ShareLimitsForm({ name, limits, busy, onSave, onClose }: Props): ReactElement {
  const [groups, setGroups] = useState(limits.groups.join(', '));
  const [always, setAlways] = useState(limits.hours === null);
  const [hours, setHours] = useState(limits.hours ?? WORK);
  const names = [...new Set(groups.split(',').flatMap((group) => group.trim() || []))];
  const problem = always
    ? null
    : hours.days.length === 0
      ? 'Choose a day'
      : hours.from >= hours.to
        ? 'The hours end before they begin'
        : null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problem === null) onSave({ groups: names, hours: always ? null : hours });
  };
  const day = (number: number, chosen: boolean): void =>
    setHours({ ...hours, days: chosen ? [...hours.days, number] : hours.days.filter((each) => each !== number) });
  return (
    <form className="hub-limits" onSubmit={submit} aria-label={`Limits of ${name}`}>
      <label className="column">
        <span className="small mid">Groups of the hub, with commas; empty for everybody</span>
        <span className="field">
          <input value={groups} onChange={(event) => setGroups(event.currentTarget.value)} />
        </span>
      </label>
      <label className="row">
        <input type="checkbox" checked={always} onChange={(event) => setAlways(event.currentTarget.checked)} /> At all hours
      </label>
      {always ? null : (
        <div className="row" role="group" aria-label="Hours, by the clocks of this computer">
          {DAYS.map((title, index) => (
            <label className="row tight" key={title}>
              <input
                type="checkbox"
                checked={hours.days.includes(index + 1)}
                onChange={(event) => day(index + 1, event.currentTarget.checked)}
              />
              {title}
            </label>
          ))}
          <TimeField label="From" value={hours.from} onChange={(from) => setHours({ ...hours, from })} />
          <TimeField label="To" value={hours.to} onChange={(to) => setHours({ ...hours, to: to === 0 ? 1440 : to })} />
        </div>
      )}
      <div className="row">
        <Button small submits variant="primary" busy={busy} disabledReason={problem}>
          Save
        </Button>
        <Button small variant="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
    </form>
  );
}

interface TimeProps {
  readonly label: string;
  readonly value: number;
  readonly onChange: (minute: number) => void;
}

function TimeField({ label, value, onChange }: TimeProps): ReactElement {
  const change = (text: string): void => {
    const [hour = 0, minute = 0] = text.split(':').map(Number);
    if (text !== '') onChange(hour * 60 + minute);
  };
  return (
    <label className="row tight">
      <span className="small mid">{label}</span>
      <span className="field">
        <input type="time" value={clock(value % 1440)} onChange={(event) => change(event.currentTarget.value)} />
      </span>
    </label>
  );
}
