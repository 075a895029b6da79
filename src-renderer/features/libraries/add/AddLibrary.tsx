import { Popover } from '@mantine/core';
import { FileArchive, Folder, Plus } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { client, face } from '../../../bridge/client.ts';
import { Button } from '../../../kit/Button.tsx';
import { Segments } from '../../../kit/Segments.tsx';
import { addLibrary, addUpload } from '../arriving.ts';

const WAYS = [
  { value: 'requirement', label: 'From the index' },
  { value: 'path', label: 'File or folder' },
  { value: 'git', label: 'Git' },
] as const;
type Way = (typeof WAYS)[number]['value'];

interface Props {
  readonly primary: boolean;
  readonly initiallyOpen: boolean;
}

/** Every way a library comes in; what is there already gets a new version. */
export function AddLibrary({ primary, initiallyOpen }: Props): ReactElement {
  const [open, setOpen] = useState(initiallyOpen);
  return (
    <Popover opened={open} onChange={setOpen} width={460} position="bottom-end" trapFocus returnFocus closeOnEscape withRoles={false}>
      <Popover.Target>
        <span>
          <Button variant={primary ? 'primary' : 'outline'} icon={<Plus />} expanded={open} onClick={() => setOpen(!open)}>
            Add library
          </Button>
        </span>
      </Popover.Target>
      <Popover.Dropdown className="add-library" role="dialog" aria-label="Add library">
        <Ways onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Ways({ onDone }: { readonly onDone: () => void }): ReactElement {
  const [way, setWay] = useState<Way>('requirement');
  return (
    <>
      <Segments label="Where it comes from" value={way} segments={WAYS} onChange={setWay} />
      {way === 'requirement' ? (
        <OneLine
          label="Requirement"
          placeholder="robotframework-datadriver[xls]>=1.11"
          about="As pip takes it. It is solved and fetched with its hashes when an environment is made."
          onSend={(requirement) => addLibrary({ from: 'requirement', requirement })}
          onDone={onDone}
        />
      ) : null}
      {way === 'path' ? <FromPath onDone={onDone} /> : null}
      {way === 'git' ? <FromGit onDone={onDone} /> : null}
    </>
  );
}

interface LineProps {
  readonly label: string;
  readonly placeholder: string;
  readonly about: string;
  readonly onSend: (text: string) => Promise<boolean>;
  readonly onDone: () => void;
}

function OneLine({ label, placeholder, about, onSend, onDone }: LineProps): ReactElement {
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    onDone();
    void onSend(text.trim());
  };
  return (
    <form className="column add-way" onSubmit={submit}>
      <div className="row">
        <span className="field grow">
          <input
            autoFocus
            className="mono"
            aria-label={label}
            placeholder={placeholder}
            value={text}
            spellCheck={false}
            onChange={(event) => setText(event.currentTarget.value)}
          />
        </span>
        <Button submits disabledReason={text.trim() === '' ? 'Write it first' : null}>
          Add
        </Button>
      </div>
      <span className="dim small">{about}</span>
    </form>
  );
}

function FromPath({ onDone }: { readonly onDone: () => void }): ReactElement {
  const send = (path: string | null): void => {
    if (path === null) return;
    onDone();
    void addLibrary({ from: 'path', path });
  };
  const pickFile = async (): Promise<void> =>
    send((await client.desktop.pickFile({ title: 'Add library', extensions: ['whl', 'gz', 'zip'] })).path);
  const pickFolder = async (): Promise<void> => send((await client.desktop.pickFolder()).path);
  const upload = (): void => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.whl,.tar.gz,.zip';
    input.addEventListener('change', () => {
      onDone();
      for (const file of input.files ?? []) void addUpload(file);
    });
    input.click();
  };
  return (
    <>
      <OneLine
        label="Path of a wheel, source distribution or folder"
        placeholder="/home/ada/libraries"
        about="A folder with pyproject.toml is built as a package, any other is a folder of .py and .resource files."
        onSend={(path) => addLibrary({ from: 'path', path })}
        onDone={onDone}
      />
      <div className="row">
        {face === 'desktop' ? (
          <>
            <Button icon={<FileArchive />} onClick={() => void pickFile()}>
              Choose a wheel or sdist
            </Button>
            <Button icon={<Folder />} onClick={() => void pickFolder()}>
              Choose a folder
            </Button>
          </>
        ) : (
          <Button icon={<FileArchive />} onClick={upload}>
            Upload a wheel or sdist
          </Button>
        )}
      </div>
    </>
  );
}

function FromGit({ onDone }: { readonly onDone: () => void }): ReactElement {
  const [ref, setRef] = useState('');
  return (
    <>
      <OneLine
        label="Address of the repository"
        placeholder="https://lab.example/lab-redfish.git"
        about="Fetched by this computer’s git, built as a package."
        onSend={(url) => addLibrary({ from: 'git', url, ...(ref.trim() === '' ? {} : { ref: ref.trim() }) })}
        onDone={onDone}
      />
      <span className="field">
        <input
          className="mono"
          aria-label="Branch, tag or commit"
          placeholder="Branch, tag or commit; else the one it gives by itself"
          value={ref}
          spellCheck={false}
          onChange={(event) => setRef(event.currentTarget.value)}
        />
      </span>
    </>
  );
}
