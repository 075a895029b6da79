import { useState, type FormEvent, type ReactElement } from 'react';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';

interface Props {
  readonly label: string;
  readonly name: string;
  readonly verb: string;
  readonly act: (name: string) => Promise<unknown>;
  readonly onDone: () => void;
}

/** Asks for a name in place of the head: for another name, or for that of a copy. */
export function NameForm({ label, name, verb, act, onDone }: Props): ReactElement {
  const [draft, setDraft] = useState(name);
  const deed = useAction(async () => {
    await act(draft.trim());
    onDone();
  });
  const wrong = draft.trim() === '' ? 'A name is needed.' : deed.problem?.message;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (draft.trim() !== '') void deed.run();
  };
  return (
    <form className="column grow" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && (event.stopPropagation(), onDone())}>
      <div className="row tight">
        <label className="field grow">
          <input
            autoFocus
            aria-label={label}
            aria-invalid={wrong !== undefined}
            maxLength={200}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
        </label>
        <Button submits busy={deed.busy}>
          {verb}
        </Button>
        <Button variant="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
      {wrong === undefined ? null : (
        <span className="small mark-failed" role="alert">
          {wrong}
        </span>
      )}
    </form>
  );
}
