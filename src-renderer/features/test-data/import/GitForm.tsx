import { useId, useState, type FormEvent, type ReactElement } from 'react';
import { Button } from '../../../kit/Button.tsx';
import { importGit } from '../../../state/imports.ts';

interface Props {
  /** Makes it a new revision of the test data of this name. */
  readonly name: string | undefined;
  readonly link: boolean;
  readonly onDone: () => void;
}

/** A repository, as one would clone it; credentials are the matter of the system's git, never of this form. */
export function GitForm({ name, link, onDone }: Props): ReactElement {
  const [url, setUrl] = useState('');
  const [ref, setRef] = useState('');
  const [subfolder, setSubfolder] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (url.trim() === '') return;
    onDone();
    const optional = {
      ...(ref.trim() === '' ? {} : { ref: ref.trim() }),
      ...(subfolder.trim() === '' ? {} : { subfolder: subfolder.trim() }),
    };
    void importGit({ url: url.trim(), ...optional, ...(name === undefined ? {} : { name }), link });
  };
  return (
    <form className="column git-form" aria-label="Git repository" onSubmit={submit}>
      <Line label="Repository" value={url} onChange={setUrl} placeholder="https://lab.example/suites.git" autoFocus />
      <Line label="Branch or tag" value={ref} onChange={setRef} placeholder="the one it gives by itself" />
      <Line label="Folder in it" value={subfolder} onChange={setSubfolder} placeholder="all of it" />
      <div className="row">
        <span className="dim small grow">Fetched by this computer’s git. A repository that asks for a password says so.</span>
        <Button submits disabledReason={url.trim() === '' ? 'Write where the repository is' : null}>
          Fetch
        </Button>
      </div>
    </form>
  );
}

interface LineProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder: string;
  readonly autoFocus?: boolean;
}

function Line({ label, value, onChange, placeholder, autoFocus = false }: LineProps): ReactElement {
  const id = useId();
  return (
    <div className="git-line">
      <label className="dim small" htmlFor={id}>
        {label}
      </label>
      <span className="field">
        <input
          id={id}
          className="mono"
          value={value}
          placeholder={placeholder}
          spellCheck={false}
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      </span>
    </div>
  );
}
