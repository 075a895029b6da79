import { FilePlus2, X } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import type { TestData } from '../../../src-shared/model/test-data.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { SearchField } from '../../kit/SearchField.tsx';
import { ErrorState } from '../../kit/States.tsx';

interface Props {
  readonly testData: TestData;
  readonly paths: readonly string[];
  readonly drafted: ReadonlySet<string>;
  readonly path: string;
}

/** More are counted, not drawn: the field above finds them. */
const MOST = 500;
const NEW_SUITE = '*** Test Cases ***\n';

export function FilesPane({ testData, paths, drafted, path }: Props): ReactElement {
  const [filter, setFilter] = useState('');
  const [adding, setAdding] = useState(false);
  const wanted = paths.filter((each) => each.toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <>
      <div className="editor-side-tools">
        <SearchField value={filter} onChange={setFilter} placeholder="Files" width="100%" />
        <Button icon={<FilePlus2 />} label="New file" pressed={adding} onClick={() => setAdding(!adding)} />
      </div>
      {adding ? <NewFile testData={testData} paths={paths} onDone={() => setAdding(false)} /> : null}
      <ul className="editor-files" aria-label="Files">
        {wanted.slice(0, MOST).map((each) => (
          <li key={each} className={each === path ? 'here' : ''}>
            <Link href={addresses.editFile(testData.id, each)} aria-current={each === path ? 'page' : undefined} title={each}>
              <span className="ellipsis">
                {each.split('/').at(-1)} <span className="dim small">{each.split('/').slice(0, -1).join('/')}</span>
              </span>
              {drafted.has(each) ? <i className="draft-mark" role="img" aria-label="Not saved yet" /> : null}
            </Link>
          </li>
        ))}
        {wanted.length > MOST ? <li className="dim small">and {wanted.length - MOST} more: write a part of the name above</li> : null}
        {wanted.length === 0 ? <li className="dim small">No file has this in its name.</li> : null}
      </ul>
    </>
  );
}

/** A new file begins as a draft: it is in no revision before it is saved. */
function NewFile({ testData, paths, onDone }: Pick<Props, 'testData' | 'paths'> & { readonly onDone: () => void }): ReactElement {
  const [, go] = useLocation();
  const [path, setPath] = useState('');
  const taken = paths.includes(path.trim());
  const create = useAction(async () => {
    const text = /\.robot$/iu.test(path) ? NEW_SUITE : '';
    await client.editor.saveDraft({ id: testData.id, path: path.trim(), base: testData.newest.hash, text, expected: null });
    onDone();
    go(addresses.editFile(testData.id, path.trim()));
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (path.trim() !== '' && !taken) void create.run();
  };
  return (
    <form className="editor-side-form" onSubmit={submit} aria-label="New file">
      <div className="row tight">
        <label className="field grow">
          <input
            autoFocus
            className="mono"
            placeholder="folder/name.robot"
            aria-label="Path of the new file"
            value={path}
            spellCheck={false}
            onChange={(event) => setPath(event.currentTarget.value)}
          />
        </label>
        <Button
          submits
          busy={create.busy}
          disabledReason={taken ? 'There is a file with this name' : path.trim() === '' ? 'Write a path' : null}
        >
          Create
        </Button>
        <Button variant="quiet" icon={<X />} label="Cancel" onClick={onDone} />
      </div>
      {create.problem === null ? null : <ErrorState problem={create.problem} />}
    </form>
  );
}
