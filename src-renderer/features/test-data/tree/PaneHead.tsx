import { Menu } from '@mantine/core';
import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { Confirm } from '../../../kit/Confirm.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { ImportControl } from '../ImportControl.tsx';
import type { Revision } from '../RevisionView.tsx';

/** Name of the test data, and what can be done with it as a whole. */
export function PaneHead({ of: { testData } }: { readonly of: Revision }): ReactElement {
  const [, go] = useLocation();
  const [mode, setMode] = useState<'plain' | 'renaming' | 'removing'>('plain');
  const remove = useAction(async () => {
    await client.testData.remove({ id: testData.id });
    go(addresses.testData);
  });
  const leave = (): void => setMode('plain');
  const begin = (next: 'renaming' | 'removing'): void => {
    remove.clear();
    setMode(next);
  };
  return (
    <>
      <div className="page-head pane-head">
        {mode === 'renaming' ? (
          <Rename id={testData.id} name={testData.name} onDone={leave} />
        ) : (
          <>
            <h1 className="ellipsis" title={testData.name}>
              {testData.name}
            </h1>
            <span className="grow" />
            <ImportControl label="Import a new revision" name={testData.name} />
            <Menu position="bottom-end">
              <Menu.Target>
                <button type="button" className="button quiet icon-only" aria-label="More for this test data">
                  <Ellipsis />
                </button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<Pencil />} onClick={() => begin('renaming')}>
                  Rename
                </Menu.Item>
                <Menu.Item leftSection={<Trash2 />} onClick={() => begin('removing')}>
                  Remove…
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </div>
      {mode === 'removing' ? (
        <div className="pane-note">
          <Confirm
            title={`Remove ${testData.name}?`}
            harm={`All its revisions leave this harness. Where you imported it from, nothing changes.`}
            verb={`Remove ${testData.name}`}
            safe="Keep it"
            onConfirm={() => {
              leave();
              void remove.run();
            }}
            onCancel={leave}
          />
        </div>
      ) : null}
      {remove.problem === null ? null : (
        <div className="pane-note">
          <ErrorState
            problem={remove.problem}
            actions={
              <Button small onClick={remove.clear}>
                Close
              </Button>
            }
          />
        </div>
      )}
    </>
  );
}

interface RenameProps {
  readonly id: string;
  readonly name: string;
  readonly onDone: () => void;
}

function Rename({ id, name, onDone }: RenameProps): ReactElement {
  const [draft, setDraft] = useState(name);
  const rename = useAction(() => client.testData.rename({ id, name: draft.trim() }));
  const wrong = draft.trim() === '' ? 'A name is needed.' : rename.problem?.message;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (draft.trim() === name) onDone();
    else if (draft.trim() !== '') void rename.run().then((renamed) => renamed !== null && onDone());
  };
  return (
    <form className="column grow" onSubmit={submit} onKeyDown={(event) => event.key === 'Escape' && (event.stopPropagation(), onDone())}>
      <div className="row tight">
        <label className="field grow">
          <input
            autoFocus
            aria-label="Name of the test data"
            aria-invalid={wrong !== undefined}
            maxLength={200}
            value={draft}
            onChange={(event) => setDraft(event.currentTarget.value)}
          />
        </label>
        <Button submits busy={rename.busy}>
          Rename
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
