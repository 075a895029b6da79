import type { ReactElement } from 'react';
import { formatAmount, formatBytes, formatElapsed } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatPerson } from '../../../kit/format.ts';
import { Facts, SectionHead } from '../../../kit/Page.tsx';
import { Note } from '../../../kit/States.tsx';
import { When } from '../../../kit/Times.tsx';
import { useMe } from '../../../state/system.ts';
import type { Revision } from '../RevisionView.tsx';
import { usePlace } from '../use-place.ts';
import { Revisions } from './Revisions.tsx';

/** Where this revision comes from, what is in it, and the others. */
export function Overview({ of }: { readonly of: Revision }): ReactElement {
  const [, go] = usePlace();
  const me = useMe();
  const { revision, testData, discovery } = of;
  const found = discovery.data;
  return (
    <div className="scroll grow overview">
      {revision.hash === testData.newest.hash ? null : (
        <Note
          actions={
            <Button small onClick={() => go({ revision: null })}>
              Show the newest
            </Button>
          }
        >
          This revision is not the newest. A run from here takes this one.
        </Note>
      )}
      {of.tree.root.doc === '' ? null : <p className="overview-doc">{of.tree.root.doc}</p>}
      <Facts
        facts={[
          ['Revision', <span className="mono">{revision.hash}</span>],
          [
            'Imported',
            <>
              <When at={revision.importedAt} /> by {formatPerson(revision.importedBy, me)}
            </>,
          ],
          ['From', <span title={revision.source}>{revision.source}</span>],
          [
            'Cases',
            found === null ? null : `${formatAmount(of.tree.cases.length, 'case')} in ${formatAmount(revision.suiteCount, 'suite')}`,
          ],
          ['Files', `${formatAmount(revision.fileCount, 'file')}, ${formatBytes(revision.size)}`],
          ['Problems', found === null ? null : found.errors.length === 0 ? 'none' : formatAmount(found.errors.length, 'problem')],
          [
            'Read with',
            found === null ? null : (
              <>
                Robot Framework {found.robotVersion}
                <span className="dim">{found.cached ? ', read before' : `, in ${formatElapsed(found.tookMs)}`}</span>
              </>
            ),
          ],
        ]}
      />
      <div className="revisions">
        <SectionHead title="Revisions" count={of.revisions.length} about="The same content again makes no new one." />
        <Revisions
          revisions={of.revisions}
          current={revision.hash}
          onShow={(hash) => go({ revision: hash === testData.newest.hash ? null : hash, at: null, line: null })}
        />
      </div>
    </div>
  );
}
