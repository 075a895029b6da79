import { useId, type ReactElement } from 'react';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';

interface Props {
  readonly label: string;
  readonly value: string;
  /** Who makes no sense here. */
  readonly except: string | null;
  readonly onChange: (name: string) => void;
}

/** A colleague: one of the list, or a new name. */
export function PersonField({ label, value, except, onChange }: Props): ReactElement {
  const id = useId();
  const people = useCall(() => client.people.list(), []);
  return (
    <label className="field grow">
      <input list={id} aria-label={label} placeholder={label} value={value} onChange={(event) => onChange(event.currentTarget.value)} />
      <datalist id={id}>
        {(people.data ?? [])
          .filter(({ name }) => name !== except)
          .map(({ name, contact }) => (
            <option key={name} value={name}>
              {contact}
            </option>
          ))}
      </datalist>
    </label>
  );
}
