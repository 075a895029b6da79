import { useState, type FormEvent, type ReactElement } from 'react';
import type { Person } from '../../../src-shared/model/reservation.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState, LoadingShape } from '../../kit/States.tsx';
import { SectionTitle } from './General.tsx';
import { Setting } from './Setting.tsx';

/** Colleagues who may hold and maintain machines, and how to reach them. */
export function People(): ReactElement {
  const asked = useCall(() => client.people.list(), []);
  const [changed, setChanged] = useState<Person[] | null>(null);
  const people = changed ?? asked.data;
  if (people === null) return asked.problem === null ? <LoadingShape /> : <ErrorState problem={asked.problem} onRetry={asked.again} />;
  return (
    <>
      <SectionTitle title="People" />
      <div className="setting-list">
        <Setting title="Add a colleague" about="To be chosen as holder or maintainer of machines. It gives no access.">
          <PersonForm person={{ name: '', contact: '' }} onSaved={setChanged} />
        </Setting>
        {people.map((person) => (
          <Setting key={person.name} title={person.name} about={ABOUT[person.known]}>
            <PersonForm key={person.contact} person={person} onSaved={setChanged} />
          </Setting>
        ))}
      </div>
    </>
  );
}

const ABOUT: Readonly<Record<Person['known'], string>> = {
  self: 'You: who is signed in to this computer.',
  listed: 'A colleague.',
  seen: 'Holds or maintains a machine.',
};

interface FormProps {
  readonly person: Pick<Person, 'name' | 'contact'> & Partial<Person>;
  readonly onSaved: (people: Person[]) => void;
}

function PersonForm({ person, onSaved }: FormProps): ReactElement {
  const isNew = person.name === '';
  const [name, setName] = useState(person.name);
  const [contact, setContact] = useState(person.contact);
  const save = useAction(async () => onSaved(await client.people.save({ name, contact })));
  const remove = useAction(async () => onSaved(await client.people.remove({ name })));
  const problem = save.problem ?? remove.problem;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    void save.run().then(() => (isNew ? (setName(''), setContact('')) : undefined));
  };
  const why = name.trim() === '' ? 'Write a name' : !isNew && contact === person.contact ? 'Nothing changed' : null;
  return (
    <form className="column" onSubmit={submit}>
      <div className="row wrap">
        {isNew ? <Field label="Name" value={name} onChange={setName} /> : null}
        <Field label={isNew ? 'Contact' : `Contact of ${person.name}`} value={contact} onChange={setContact} />
        <Button small submits busy={save.busy} disabledReason={why}>
          {isNew ? 'Add' : 'Save'}
        </Button>
        {person.known === 'listed' ? (
          <Button small variant="quiet" busy={remove.busy} onClick={() => void remove.run()}>
            Remove
          </Button>
        ) : null}
      </div>
      {problem === null ? null : <ErrorState problem={problem} />}
    </form>
  );
}

function Field({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}): ReactElement {
  return (
    <label className="field">
      <input
        aria-label={label}
        placeholder={label.startsWith('Contact') ? 'Mail, telephone, chat' : label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
