import { useState, type ReactElement } from 'react';
import { useLocation } from 'wouter';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { Confirm } from '../../../kit/Confirm.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { ImportControl } from '../import/ImportControl.tsx';
import type { Revision } from '../RevisionView.tsx';
import { FollowForm } from './FollowForm.tsx';
import { MoreMenu, type Mode } from './MoreMenu.tsx';
import { NameForm } from './NameForm.tsx';
import { RemoveRefusal } from './RemoveRefusal.tsx';

/** Name of the test data, and what can be done with it as a whole. */
export function PaneHead({ of: { testData, revision } }: { readonly of: Revision }): ReactElement {
  const [, go] = useLocation();
  const { id, name } = testData;
  const [mode, setMode] = useState<Mode>('plain');
  const remove = useAction(async () => {
    await client.testData.remove({ id });
    go(addresses.testData);
  });
  const archive = useAction(() => (testData.archivedAt === null ? client.testData.archive({ id }) : client.testData.unarchive({ id })));
  const leave = (): void => setMode('plain');
  const begin = (next: Mode): void => {
    remove.clear();
    archive.clear();
    setMode(next);
  };
  const rename = async (wanted: string): Promise<void> => {
    if (wanted !== name) await client.testData.rename({ id, name: wanted });
  };
  const copy = async (wanted: string): Promise<void> => {
    const copied = await client.testData.copy({ id, name: wanted, number: revision.number });
    go(addresses.oneTestData(copied.id));
  };
  return (
    <>
      <div className="page-head pane-head">
        {mode === 'renaming' ? (
          <NameForm label="Name of the test data" name={name} verb="Rename" act={rename} onDone={leave} />
        ) : mode === 'copying' ? (
          <NameForm label="Name of the copy" name={`${name} copy`} verb="Copy" act={copy} onDone={leave} />
        ) : (
          <>
            <h1 className="ellipsis" title={name}>
              {name}
            </h1>
            <span className="grow" />
            <ImportControl label="Import a new revision" name={name} />
            <MoreMenu testData={testData} onMode={begin} onArchive={() => void archive.run()} />
          </>
        )}
      </div>
      {mode === 'following' ? <FollowForm id={id} onDone={leave} /> : null}
      {mode === 'removing' ? (
        <div className="pane-note">
          <Confirm
            title={`Remove ${name}?`}
            harm="All its revisions leave this harness. Where you imported it from, nothing changes."
            verb={`Remove ${name}`}
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
        <RemoveRefusal
          problem={remove.problem}
          onClose={remove.clear}
          onArchive={
            testData.archivedAt === null
              ? () => {
                  remove.clear();
                  void archive.run();
                }
              : null
          }
        />
      )}
      {archive.problem === null ? null : (
        <div className="pane-note">
          <ErrorState
            problem={archive.problem}
            actions={
              <Button small onClick={archive.clear}>
                Close
              </Button>
            }
          />
        </div>
      )}
    </>
  );
}
