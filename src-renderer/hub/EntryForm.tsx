import { useState, type FormEvent, type ReactElement, type ReactNode } from 'react';
import { EntryError } from '../bridge/hub-client.ts';
import { Button } from '../kit/Button.tsx';
import { Mark } from '../shell/Mark.tsx';

interface Props {
  readonly title: string;
  readonly about: ReactNode;
  readonly verb: string;
  readonly onEnter: () => Promise<void>;
  readonly children: ReactNode;
}

/** The door: one form in the middle of the page. */
export function EntryForm({ title, about, verb, onEnter, children }: Props): ReactElement {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    setSaid('');
    onEnter()
      .catch((error: unknown) => setSaid(error instanceof EntryError ? error.message : 'Something went wrong.'))
      .finally(() => setBusy(false));
  };
  return (
    <main className="hub-entry">
      <form className="column" onSubmit={submit} aria-label={title}>
        <div className="row">
          <Mark />
          <h1>{title}</h1>
        </div>
        <p className="dim small">{about}</p>
        {children}
        <p className="small mark-failed said" role="alert">
          {said}
        </p>
        <Button variant="primary" submits busy={busy}>
          {verb}
        </Button>
      </form>
    </main>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'password';
  readonly autoComplete: string;
  readonly autoFocus?: boolean;
}

export function EntryField({ label, value, onChange, type = 'text', autoComplete, autoFocus = false }: FieldProps): ReactElement {
  return (
    <label className="column">
      <span className="small mid">{label}</span>
      <span className="field">
        <input
          required
          ref={(input) => (autoFocus && document.activeElement === document.body ? input?.focus() : undefined)}
          type={type}
          autoComplete={autoComplete}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </span>
    </label>
  );
}
