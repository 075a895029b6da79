import { useState, type FormEvent, type ReactElement } from 'react';
import { client, face } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { useSystem } from '../../../state/system.ts';

interface Props {
  readonly id: string;
  readonly onDone: () => void;
}

/** Which folder of the harness's computer the test data follow from now on. */
export function FollowForm({ id, onDone }: Props): ReactElement {
  const computer = useSystem((state) => state.info?.harnessName ?? 'the harness');
  const [path, setPath] = useState('');
  const follow = useAction(async (folder: string) => {
    await client.testData.linkFolder({ id, path: folder });
    onDone();
  });
  const pick = useAction(async () => {
    const picked = await client.desktop.pickFolder();
    if (picked.path !== null) setPath(picked.path);
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (path.trim() !== '') void follow.run(path.trim());
  };
  return (
    <form className="pane-note column follow-form" aria-label="Follow a folder" onSubmit={submit}>
      <label className="mid small" htmlFor="follow-path">
        Folder on {computer}. Nothing is taken from it by itself.
      </label>
      <span className="field">
        <input
          id="follow-path"
          className="mono"
          autoFocus
          value={path}
          spellCheck={false}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
      </span>
      <div className="row">
        {face === 'desktop' ? (
          <Button small onClick={() => void pick.run()}>
            Choose…
          </Button>
        ) : null}
        <span className="grow" />
        <Button small variant="quiet" onClick={onDone}>
          Cancel
        </Button>
        <Button small submits busy={follow.busy} disabledReason={path.trim() === '' ? 'Write or choose a folder first' : null}>
          Follow it
        </Button>
      </div>
      {follow.problem === null ? null : <ErrorState problem={follow.problem} />}
    </form>
  );
}
