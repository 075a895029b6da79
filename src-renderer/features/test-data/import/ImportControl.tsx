import { Checkbox, Popover } from '@mantine/core';
import { FileArchive, FolderInput, GitBranch } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { face } from '../../../bridge/client.ts';
import { Button, type ButtonVariant } from '../../../kit/Button.tsx';
import { chooseFile, chooseFolder, chooseUpload } from '../../../state/choose-import.ts';
import { importPath, type ImportWish } from '../../../state/imports.ts';
import { useSystem } from '../../../state/system.ts';
import { GitForm } from './GitForm.tsx';

interface Props {
  /** What the button says; without it the button is an icon named `label`. */
  readonly children?: string;
  readonly label?: string;
  readonly variant?: ButtonVariant;
  /** Makes the import a new revision of the test data of this name. */
  readonly name?: string;
  readonly initiallyOpen?: boolean;
}

/** How test data comes in: dialogs on the desktop, a path of the harness or an upload in a browser, git everywhere; so does dropping. */
export function ImportControl({ children, label, variant, name, initiallyOpen = false }: Props): ReactElement {
  const [open, setOpen] = useState(initiallyOpen);
  return (
    <Popover opened={open} onChange={setOpen} width={440} position="bottom-end" trapFocus returnFocus closeOnEscape withRoles={false}>
      <Popover.Target>
        <span>
          <Button
            icon={<FolderInput />}
            expanded={open}
            {...(variant === undefined ? {} : { variant })}
            {...(label === undefined ? {} : { label })}
            onClick={() => setOpen(!open)}
          >
            {children}
          </Button>
        </span>
      </Popover.Target>
      <Popover.Dropdown className="import-choices" role="dialog" aria-label="Import test data">
        <Choices name={name} onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface WayProps {
  readonly name: string | undefined;
  readonly onDone: () => void;
}

function Choices({ name, onDone }: WayProps): ReactElement {
  const [link, setLink] = useState(false);
  const [git, setGit] = useState(false);
  const wish: ImportWish = { ...(name === undefined ? {} : { name }), link };
  return (
    <>
      <div>
        <div className="strong">{name === undefined ? 'Import test data' : `New revision of ${name}`}</div>
        <div className="dim small">
          Robot files, resources, libraries and YAML variables, as they are. Nothing is changed at their place.
        </div>
      </div>
      {face === 'desktop' ? null : <PathForm wish={wish} onDone={onDone} />}
      <div className="row wrap">
        {face === 'desktop' ? <Dialogs wish={wish} onDone={onDone} /> : <Upload name={name} onDone={onDone} />}
        <Button icon={<GitBranch />} expanded={git} onClick={() => setGit(!git)}>
          Git repository
        </Button>
      </div>
      {git ? <GitForm name={name} link={link} onDone={onDone} /> : null}
      <Checkbox
        checked={link}
        onChange={(event) => setLink(event.currentTarget.checked)}
        label={<span className="small">Follow the folder or repository, and say when it has something newer</span>}
      />
      <div className="dim small">Or drop {face === 'desktop' ? 'a folder, ' : ''}a zip or a .robot file anywhere in this window.</div>
    </>
  );
}

interface WishProps {
  readonly wish: ImportWish;
  readonly onDone: () => void;
}

function Dialogs({ wish, onDone }: WishProps): ReactElement {
  const choose = (way: (wish: ImportWish) => Promise<void>) => () => {
    onDone();
    void way(wish);
  };
  return (
    <>
      <Button icon={<FolderInput />} onClick={choose(chooseFolder)}>
        Choose a folder
      </Button>
      <Button icon={<FileArchive />} onClick={choose(chooseFile)}>
        Choose a zip or .robot file
      </Button>
    </>
  );
}

function Upload({ name, onDone }: WayProps): ReactElement {
  const upload = (): void => {
    onDone();
    chooseUpload(name);
  };
  return (
    <Button icon={<FileArchive />} onClick={upload}>
      Upload a zip or .robot file
    </Button>
  );
}

/** A browser cannot show folders of the harness's computer; their paths can be written. */
function PathForm({ wish, onDone }: WishProps): ReactElement {
  const [path, setPath] = useState('');
  const computer = useSystem((state) => state.info?.harnessName ?? 'the harness');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (path.trim() === '') return;
    onDone();
    void importPath(path.trim(), wish);
  };
  return (
    <form className="column path-form" onSubmit={submit}>
      <label className="mid small" htmlFor="import-path">
        Folder, zip or .robot file on {computer}
      </label>
      <div className="row">
        <span className="field grow">
          <input
            id="import-path"
            className="mono"
            value={path}
            placeholder="/home/ada/suites"
            spellCheck={false}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
        </span>
        <Button submits disabledReason={path.trim() === '' ? 'Write a path first' : null}>
          Import
        </Button>
      </div>
    </form>
  );
}
