import { Menu } from '@mantine/core';
import { Ellipsis, Pencil, Trash2, Undo2 } from 'lucide-react';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { FileChange } from '../../../src-shared/model/test-data-change.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { Confirm } from '../../kit/Confirm.tsx';
import { ErrorState } from '../../kit/States.tsx';
import type { HeadProps } from './FileHead.tsx';

/** What is rare: another name, away with it, back to what is saved. */
export function MoreOfFile({ file, testData, text, dirty, onDiscard, onMoved }: HeadProps & { readonly dirty: boolean }): ReactElement {
  const [, go] = useLocation();
  const [mode, setMode] = useState<'renaming' | 'deleting' | 'discarding' | null>(null);
  const [name, setName] = useState(file.path);
  const { id, newest } = testData;
  const change = useAction(async (what: FileChange) => {
    const result = await client.testData.saveRevision({ id, base: newest.hash, changes: [what], message: '' });
    if (result.type === 'conflict') throw new Error('Somebody changed this file meanwhile. Save it first, which shows the difference.');
    await client.editor.discardDraft({ id, path: file.path });
    setMode(null);
    go(what.kind === 'rename' ? addresses.editFile(id, what.to) : addresses.oneTestData(id));
    onMoved();
  });
  const rename = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== file.path)
      void change.run({ kind: 'rename', path: file.path, to: name.trim(), ...(dirty ? { text: text() } : {}) });
  };
  return (
    <span className="more-of-file">
      <Menu position="bottom-end">
        <Menu.Target>
          <button type="button" className="button quiet icon-only" aria-label="More for this file">
            <Ellipsis />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil />} onClick={() => setMode('renaming')}>
            Rename or move
          </Menu.Item>
          <Menu.Item leftSection={<Undo2 />} disabled={!dirty} onClick={() => setMode('discarding')}>
            Throw the draft away
          </Menu.Item>
          <Menu.Item leftSection={<Trash2 />} onClick={() => setMode('deleting')}>
            Delete this file
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {mode === null ? null : (
        <div className="below-head">
          {mode === 'renaming' ? (
            <form className="row" onSubmit={rename}>
              <label className="field grow">
                <input
                  autoFocus
                  className="mono"
                  aria-label="New path"
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
              </label>
              <Button variant="quiet" onClick={() => setMode(null)}>
                Cancel
              </Button>
              <Button submits busy={change.busy}>
                Rename
              </Button>
            </form>
          ) : mode === 'deleting' ? (
            <Confirm
              title={`Delete ${file.path}?`}
              harm="The next revision does not have it. Older revisions keep it."
              verb="Delete this file"
              safe="Keep it"
              onConfirm={() => void change.run({ kind: 'delete', path: file.path })}
              onCancel={() => setMode(null)}
            />
          ) : (
            <Confirm
              title="Throw the draft away?"
              harm="What you typed since the last revision is gone."
              verb="Throw the draft away"
              safe="Keep it"
              onConfirm={() => {
                setMode(null);
                onDiscard();
              }}
              onCancel={() => setMode(null)}
            />
          )}
          {change.problem === null ? null : <ErrorState problem={change.problem} />}
        </div>
      )}
    </span>
  );
}
