import { useState, type FormEvent, type ReactElement } from 'react';
import type { Sut } from '../../../../src-shared/model/sut.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';

interface Props {
  readonly sut: Sut;
  readonly onDone: () => void;
}

export function HoldForColleague({ sut, onDone }: Props): ReactElement {
  const [person, setPerson] = useState('');
  const hold = useAction(() => client.suts.hold({ id: sut.id, by: person.trim() }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (person.trim() !== '') void hold.run().then((held) => held !== null && onDone());
  };
  return (
    <form
      className="column hold-for"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      <label className="form-label" htmlFor="hold-for">
        Hold {sut.name} for
      </label>
      <div className="row">
        <span className="field grow">
          <input
            id="hold-for"
            autoFocus
            value={person}
            placeholder="Name of the colleague"
            maxLength={200}
            onChange={(event) => setPerson(event.currentTarget.value)}
          />
        </span>
        <Button submits busy={hold.busy} disabledReason={person.trim() === '' ? 'Write a name first' : null}>
          Hold
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
      {hold.problem === null ? null : (
        <span className="small mark-failed" role="alert">
          {hold.problem.message}
        </span>
      )}
    </form>
  );
}
