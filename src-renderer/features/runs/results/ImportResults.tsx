import { FileInput, FolderInput, X } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { client, face } from '../../../bridge/client.ts';
import { Button } from '../../../kit/Button.tsx';
import { importResultFiles, importResultPath, isResultFile, RESULT_EXTENSIONS, useResultImports } from '../../../state/result-imports.ts';
import { ResultImportRow } from './ResultImportRow.tsx';

interface ResultImport {
  readonly button: ReactElement;
  /** The choice of what to import, imports that go on, and what came of them; null: nothing was asked for. */
  readonly strip: ReactElement | null;
}

/** Takes results of other Robot runs in: the button for it, and a strip that says what came of it. */
export function useResultImport(): ResultImport {
  const [asking, setAsking] = useState(false);
  const imports = useResultImports((state) => state.imports);
  const button = (
    <Button variant="quiet" icon={<FileInput />} expanded={asking} onClick={() => setAsking(!asking)}>
      Import results
    </Button>
  );
  if (!asking && imports.length === 0) return { button, strip: null };
  const strip = (
    <section className="import-strip in-page" aria-label="Results import" aria-live="polite">
      {asking ? <Choose onDone={() => setAsking(false)} /> : null}
      {imports.map((each) => (
        <ResultImportRow key={each.id} entry={each} />
      ))}
    </section>
  );
  return { button, strip };
}

function Choose({ onDone }: { readonly onDone: () => void }): ReactElement {
  const choose = (way: () => Promise<void>) => () => {
    onDone();
    void way();
  };
  return (
    <div className="row wrap">
      <Button small icon={<FileInput />} onClick={choose(face === 'desktop' ? pickFile : () => pickUploads(false))}>
        {face === 'desktop' ? 'Choose a file' : 'Choose files'}
      </Button>
      <Button small icon={<FolderInput />} onClick={choose(face === 'desktop' ? pickFolder : () => pickUploads(true))}>
        Choose a folder
      </Button>
      <span className="dim small">
        output.xml or output.json of any Robot Framework run, each a run here. Or drop {face === 'desktop' ? 'them or a folder' : 'them'}{' '}
        into the window.
      </span>
      <span className="grow" />
      <Button variant="quiet" small icon={<X />} label="Close" onClick={onDone} />
    </div>
  );
}

async function pickFile(): Promise<void> {
  const { path } = await client.desktop.pickFile({ title: 'Import results', extensions: RESULT_EXTENSIONS });
  if (path !== null) await importResultPath(path);
}

async function pickFolder(): Promise<void> {
  const { path } = await client.desktop.pickFolder();
  if (path !== null) await importResultPath(path);
}

/** A browser's page can only hand over the content of files; of a folder those that Robot names so. */
async function pickUploads(isFolder: boolean): Promise<void> {
  const chosen = await new Promise<File[]>((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = isFolder;
    input.accept = isFolder ? '' : RESULT_EXTENSIONS.map((extension) => `.${extension}`).join(',');
    input.addEventListener('change', () => resolve([...(input.files ?? [])]));
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
  const files = isFolder ? chosen.filter(isResultFile) : chosen;
  const folder = chosen[0]?.webkitRelativePath.split('/')[0] ?? '';
  if (chosen.length > 0) await importResultFiles(files, isFolder ? folder : undefined);
}
