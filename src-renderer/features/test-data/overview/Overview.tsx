import type { ReactElement } from 'react';
import { formatAmount, formatBytes, formatElapsed } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { formatPerson } from '../../../kit/format.ts';
import { Facts, SectionHead } from '../../../kit/Page.tsx';
import { Note } from '../../../kit/States.tsx';
import { When } from '../../../kit/Times.tsx';
import { useMe } from '../../../state/system.ts';
import { sourceText } from '../model/source-words.ts';
import type { Revision } from '../RevisionView.tsx';
import { usePlace } from '../use-place.ts';
import { Libraries } from './Libraries.tsx';
import { LinkRow } from './LinkRow.tsx';
import { OldRevision } from './OldRevision.tsx';
import { Revisions } from './Revisions.tsx';

/** Where this revision comes from, what is in it, and the others. */
export function Overview({ of }: { readonly of: Revision }): ReactElement {
  const [, go] = usePlace();
  const { revision, testData } = of;
  return (
    <div className="scroll grow overview">
      {testData.archivedAt === null ? null : <Archived at={testData.archivedAt} />}
      {revision.number === testData.newest.number ? null : <OldRevision of={of} />}
      {testData.link === null ? null : <LinkRow testData={testData} link={testData.link} />}
      {of.tree.root.doc === '' ? null : <p className="overview-doc">{of.tree.root.doc}</p>}
      <RevisionFacts of={of} />
      <Libraries of={of} />
      <div className="revisions">
        <SectionHead
          title="Revisions"
          count={of.revisions.length}
          about="The same content again makes no new one."
          actions={
            revision.parent === null ? null : (
              <Button small variant="quiet" onClick={() => go({ changes: true, at: null, line: null })}>
                What changed in {revision.number}
              </Button>
            )
          }
        />
        <Revisions
          revisions={of.revisions}
          current={revision.number}
          onShow={(number) =>
            go({ revision: number === testData.newest.number ? null : String(number), at: null, line: null, against: null })
          }
        />
      </div>
    </div>
  );
}

function Archived({ at }: { readonly at: number }): ReactElement {
  return (
    <Note>
      Archived <When at={at} />. They stay for the runs that were made with them, and are offered for nothing new.
    </Note>
  );
}

function RevisionFacts({ of }: { readonly of: Revision }): ReactElement {
  const me = useMe();
  const { revision, testData, discovery } = of;
  const found = discovery.data;
  const { copiedFrom } = testData;
  return (
    <Facts
      facts={[
        [
          'Revision',
          <>
            {revision.number} <span className="mono dim">{revision.hash}</span>
          </>,
        ],
        [
          'Made',
          <>
            <When at={revision.createdAt} /> by {formatPerson(revision.author, me)}
            {revision.message === '' ? null : <span className="mid">, {revision.message}</span>}
          </>,
        ],
        ['From', <span title={revision.source.place}>{sourceText(revision.source)}</span>],
        ...(copiedFrom === null
          ? []
          : ([['Copied', `from ${copiedFrom.name}, revision ${copiedFrom.revision}, by ${formatPerson(copiedFrom.by, me)}`]] as const)),
        ['Root suite', <span className="mono">{testData.suiteName}</span>],
        [
          'Cases',
          found === null ? null : `${formatAmount(of.tree.cases.length, 'case')} in ${formatAmount(revision.counts?.suites ?? 0, 'suite')}`,
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
  );
}
