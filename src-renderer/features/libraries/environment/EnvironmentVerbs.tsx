import type { ReactElement } from 'react';
import { useState } from 'react';
import type { Environment } from '../../../../src-shared/model/library.ts';
import { formatBytes } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ConfirmButton } from '../../../kit/Confirm.tsx';
import { ErrorState, Note } from '../../../kit/States.tsx';
import { buildEnvironment } from '../arriving.ts';

/** Build, look at every file, rebuild, remove. */
export function EnvironmentVerbs({ environment: { lockHash, state, size } }: { readonly environment: Environment }): ReactElement {
  const [found, setFound] = useState<readonly string[] | null>(null);
  const verify = useAction(async () => setFound((await client.environments.verify({ lockHash, full: true })).problems));
  const remove = useAction(() => client.environments.remove({ lockHash }));
  const problem = verify.problem ?? remove.problem;
  const there = state === 'ready' || state === 'damaged';
  return (
    <>
      <div className="row wrap environment-verbs">
        {state === 'removed' ? <Button onClick={() => void buildEnvironment(lockHash, false)}>Build it</Button> : null}
        {there ? (
          <>
            <Button busy={verify.busy} onClick={() => void verify.run()}>
              Verify every file
            </Button>
            <Button variant={state === 'damaged' ? 'outline' : 'quiet'} onClick={() => void buildEnvironment(lockHash, true)}>
              Rebuild
            </Button>
            <ConfirmButton
              variant="quiet"
              busy={remove.busy}
              title={`Remove environment ${lockHash.slice(0, 8)}?`}
              harm={`Its files are deleted${size === null ? '' : `, ${formatBytes(size)} are freed`}. The lock stays: the next run that needs it builds it again.`}
              verb="Remove its files"
              safe="Keep it"
              onConfirm={() => void remove.run()}
            >
              Remove
            </ConfirmButton>
          </>
        ) : null}
      </div>
      {problem === null ? null : (
        <div className="detail-note">
          <ErrorState problem={problem} />
        </div>
      )}
      {found === null || !there ? null : (
        <div className="detail-note">
          <Note tone={found.length === 0 ? 'plain' : 'warn'}>
            {found.length === 0 ? 'Every file is as it was built.' : found.slice(0, 8).map((line) => <div key={line}>{line}</div>)}
          </Note>
        </div>
      )}
    </>
  );
}
