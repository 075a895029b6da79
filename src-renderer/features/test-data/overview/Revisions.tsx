import { useMemo, type ReactElement } from 'react';
import type { TestDataRevision } from '../../../../src-shared/model/test-data.ts';
import { formatBytes, formatCount } from '../../../../src-shared/text/quantities.ts';
import type { Column } from '../../../kit/DenseTable.tsx';
import { PlainTable } from '../../../kit/PlainTable.tsx';
import { When } from '../../../kit/Times.tsx';

interface Props {
  readonly revisions: readonly TestDataRevision[];
  readonly current: string;
  readonly onShow: (hash: string) => void;
}

export function Revisions({ revisions, current, onShow }: Props): ReactElement {
  const columns = useMemo(() => columnsFor(current), [current]);
  return <PlainTable label="Revisions" columns={columns} rows={revisions} keyOf={({ hash }) => hash} onOpen={({ hash }) => onShow(hash)} />;
}

function columnsFor(current: string): readonly Column<TestDataRevision>[] {
  return [
    {
      id: 'revision',
      title: 'Revision',
      width: '132px',
      render: ({ hash }) => (
        <>
          <span className={`mono${hash === current ? ' strong' : ''}`}>{hash.slice(0, 7)}</span>
          {hash === current ? <span className="dim small"> shown</span> : null}
        </>
      ),
    },
    { id: 'imported', title: 'Imported', width: '108px', render: ({ importedAt }) => <When at={importedAt} /> },
    { id: 'by', title: 'By', width: '92px', render: ({ importedBy }) => <span className="dim">{importedBy}</span> },
    {
      id: 'from',
      title: 'From',
      width: 'minmax(100px, 1fr)',
      render: ({ source }) => <span className="dim">{source}</span>,
      hint: ({ source }) => source,
    },
    { id: 'cases', title: 'Cases', width: '72px', align: 'right', render: ({ caseCount }) => formatCount(caseCount) },
    { id: 'problems', title: 'Problems', width: '76px', align: 'right', render: ({ errorCount }) => formatCount(errorCount) },
    {
      id: 'files',
      title: 'Files',
      width: '64px',
      align: 'right',
      render: ({ fileCount }) => <span className="dim">{formatCount(fileCount)}</span>,
    },
    { id: 'size', title: 'Size', width: '72px', align: 'right', render: ({ size }) => <span className="dim">{formatBytes(size)}</span> },
  ];
}
