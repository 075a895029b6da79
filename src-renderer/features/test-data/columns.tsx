import type { ReactElement, ReactNode } from 'react';
import type { TestData, TestDataRevision } from '../../../src-shared/model/test-data.ts';
import { formatBytes, formatCount } from '../../../src-shared/text/quantities.ts';
import type { Column } from '../../kit/DenseTable.tsx';
import { When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';

export const COLUMNS: readonly Column<TestData>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(160px, 1fr)',
    render: ({ name }) => <span className="strong">{name}</span>,
    hint: ({ name }) => name,
  },
  {
    id: 'cases',
    title: 'Cases',
    width: '80px',
    align: 'right',
    render: ({ newest }) => <Read of={newest}>{formatCount(newest.caseCount)}</Read>,
  },
  {
    id: 'suites',
    title: 'Suites',
    width: '72px',
    align: 'right',
    render: ({ newest }) => <Read of={newest}>{formatCount(newest.suiteCount)}</Read>,
  },
  {
    id: 'problems',
    title: 'Problems',
    width: '84px',
    align: 'right',
    render: ({ newest }) => (
      <Read of={newest}>
        <Problems count={newest.errorCount} />
      </Read>
    ),
  },
  {
    id: 'files',
    title: 'Files',
    width: '72px',
    align: 'right',
    render: ({ newest }) => <span className="dim">{formatCount(newest.fileCount)}</span>,
  },
  {
    id: 'size',
    title: 'Size',
    width: '80px',
    align: 'right',
    render: ({ newest }) => <span className="dim">{formatBytes(newest.size)}</span>,
  },
  {
    id: 'revisions',
    title: 'Revisions',
    width: '84px',
    align: 'right',
    render: ({ revisionCount }) => <span className="dim">{formatCount(revisionCount)}</span>,
  },
  { id: 'revision', title: 'Newest', width: '84px', render: ({ newest }) => <span className="mono dim">{newest.hash.slice(0, 7)}</span> },
  { id: 'imported', title: 'Imported', width: '108px', render: ({ newest }) => <When at={newest.importedAt} /> },
  { id: 'by', title: 'By', width: '108px', render: ({ newest }) => <span className="dim">{newest.importedBy}</span> },
  {
    id: 'from',
    title: 'From',
    width: 'minmax(120px, 1fr)',
    render: ({ newest }) => <span className="dim">{newest.source}</span>,
    hint: ({ newest }) => newest.source,
  },
];

/** What Robot's parser counts is known only after it has looked. */
function Read({ of, children }: { readonly of: TestDataRevision; readonly children: ReactNode }): ReactElement {
  const read = of.suiteCount > 0 || of.caseCount > 0 || of.errorCount > 0;
  return read ? (
    <>{children}</>
  ) : (
    <span className="dim" title="No case is known: Robot Framework has not read it yet, or found none">
      –
    </span>
  );
}

function Problems({ count }: { readonly count: number }): ReactElement {
  if (count === 0) return <span className="dim">none</span>;
  return (
    <span className="mark-error">
      <VerdictIcon mark="error" decorative /> {formatCount(count)}
    </span>
  );
}
