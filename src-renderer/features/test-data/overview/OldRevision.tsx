import type { ReactElement } from 'react';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState, Note } from '../../../kit/States.tsx';
import type { Revision } from '../RevisionView.tsx';
import { usePlace } from '../use-place.ts';

/** What can be done with a revision that is not the newest: go on from it, or leave it. */
export function OldRevision({ of: { testData, revision } }: { readonly of: Revision }): ReactElement {
  const [, go] = usePlace();
  const restore = useAction(async () => {
    await client.testData.restoreRevision({ id: testData.id, number: revision.number });
    go({ revision: null, changes: false, against: null });
  });
  return (
    <>
      <Note
        actions={
          <>
            <Button small busy={restore.busy} onClick={() => void restore.run()}>
              Restore as revision {testData.newest.number + 1}
            </Button>
            <Button small variant="quiet" onClick={() => go({ changes: true, against: testData.newest.number, at: null, line: null })}>
              Compare with the newest
            </Button>
            <Button small variant="quiet" onClick={() => go({ revision: null })}>
              Show the newest
            </Button>
          </>
        }
      >
        Revision {revision.number} of {testData.newest.number}. A run from here takes this one.
      </Note>
      {restore.problem === null ? null : <ErrorState problem={restore.problem} />}
    </>
  );
}
