import { FolderInput, Upload } from 'lucide-react';
import { useRef, useState, type DragEvent, type FormEvent, type ReactElement } from 'react';
import { formatBytes } from '../../../src-shared/text/quantities.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { chosenFolder, droppedFolder } from '../read-folder.ts';
import { kindOfFile, uploadFile } from '../upload-file.ts';
import { zipFiles, type FolderFile } from '../zip-files.ts';

/** Brings a zip of suites, a folder of them (packed here), a wheel or an image: chosen, or dropped on the form. */
export function Bring({ onBrought }: { readonly onBrought: () => void }): ReactElement {
  const [file, setFile] = useState<File | null>(null);
  const [name, setName] = useState('');
  const [part, setPart] = useState<number | null>(null);
  const [over, setOver] = useState(false);
  const leave = useRef<AbortController | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const choose = (chosen: File | null): void => {
    setFile(chosen);
    if (chosen !== null) setName(chosen.name.replace(/\.(?:zip|iso)$/iu, ''));
  };
  const pack = useAction(async (reading: () => Promise<{ name: string; files: FolderFile[] }>) => {
    const folder = await reading();
    choose(await zipFiles(folder.files, `${folder.name}.zip`));
    if (input.current !== null) input.current.value = '';
  });
  const bring = useAction(async (chosen: File) => {
    leave.current = new AbortController();
    try {
      await uploadFile({ file: chosen, name: name.trim(), onProgress: setPart, signal: leave.current.signal });
      choose(null);
      setName('');
      if (input.current !== null) input.current.value = '';
      onBrought();
    } finally {
      setPart(null);
    }
  });
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [item] = event.dataTransfer.items;
    const entry = item?.webkitGetAsEntry() ?? null;
    if (entry?.isDirectory === true) void pack.run(() => droppedFolder(entry as FileSystemDirectoryEntry));
    else choose(event.dataTransfer.files[0] ?? null);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (file !== null) void bring.run(file);
  };
  const problem = bring.problem ?? pack.problem;
  return (
    <section
      aria-label="Bring test data"
      className={over ? 'hub-drop over' : 'hub-drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <form className="hub-form" onSubmit={submit}>
        <label>
          <span className="small mid">A zip of suites, a wheel or an ISO image; drop one here, or a folder</span>
          <input
            ref={input}
            type="file"
            accept=".zip,.whl,.iso,application/zip"
            onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
          />
        </label>
        <FolderChoice busy={pack.busy} onChosen={(files) => void pack.run(() => Promise.resolve(chosenFolder(files)))} />
        <label className="grow">
          <span className="small mid">Name</span>
          <span className="field">
            <input required value={name} maxLength={200} onChange={(event) => setName(event.currentTarget.value)} />
          </span>
        </label>
        <Button
          variant="primary"
          submits
          icon={<Upload />}
          busy={bring.busy}
          disabledReason={file === null ? 'Choose a file or folder first.' : null}
        >
          Bring
        </Button>
      </form>
      <div className="hub-body" role="status">
        {file === null ? null : (
          <span className="small mid figures">
            {KINDS[kindOfFile(file.name)]}: {file.name}, {formatBytes(file.size)}
          </span>
        )}
        {part === null ? null : (
          <label className="row">
            <progress value={part} max={1} /> <span className="figures small mid">{Math.floor(part * 100)} %</span>
            <Button small variant="quiet" onClick={() => leave.current?.abort()}>
              Pause
            </Button>
          </label>
        )}
        {problem === null ? null : <ErrorState problem={problem} />}
      </div>
    </section>
  );
}

const KINDS = { suites: 'Suites', library: 'Library', image: 'Image' };

interface FolderProps {
  readonly busy: boolean;
  readonly onChosen: (files: readonly File[]) => void;
}

function FolderChoice({ busy, onChosen }: FolderProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={(element) => {
          input.current = element;
          if (element !== null) element.webkitdirectory = true;
        }}
        type="file"
        hidden
        aria-label="A folder of suites"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = '';
          if (files.length > 0) onChosen(files);
        }}
      />
      <Button icon={<FolderInput />} busy={busy} onClick={() => input.current?.click()}>
        Folder…
      </Button>
    </>
  );
}
