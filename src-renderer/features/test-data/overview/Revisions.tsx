import { useMemo, type ReactElement } from 'react';
import type { TestDataRevision } from '../../../../src-shared/model/test-data.ts';
import { formatBytes, formatCount } from '../../../../src-shared/text/quantities.ts';
import type { Column } from '../../../kit/DenseTable.tsx';
import { formatPerson } from '../../../kit/format.ts';
import { PlainTable } from '../../../kit/PlainTable.tsx';
import { When } from '../../../kit/Times.tsx';
import { useMe } from '../../../state/system.ts';
import { sourceText } from '../model/source-words.ts';

interface Props {
  readonly revisions: readonly TestDataRevision[];
  readonly current: number;
  readonly onShow: (number: number) => void;
}

/** Newest first; a press shows that revision. */
export function Revisions({ revisions, current, onShow }: Props): ReactElement {
  const me = useMe();
  const columns = useMemo(() => columnsFor(current, me), [current, me]);
  return (
    <PlainTable
      label="Revisions"
      columns={columns}
      rows={revisions}
      keyOf={({ number }) => String(number)}
      onOpen={({ number }) => onShow(number)}
    />
  );
}

function columnsFor(current: number, me: string | null): readonly Column<TestDataRevision>[] {
  return [
    {
      id: 'revision',
      title: 'Revision',
      width: '148px',
      render: ({ number, hash }) => (
        <>
          <span className={number === current ? 'strong' : ''}>{formatCount(number)}</span>{' '}
          <span className="mono dim">{hash.slice(0, 7)}</span>
          {number === current ? <span className="dim small"> shown</span> : null}
        </>
      ),
    },
    { id: 'made', title: 'Made', width: '96px', render: ({ createdAt }) => <When at={createdAt} /> },
    { id: 'by', title: 'By', width: '84px', render: ({ author }) => <span className="dim">{formatPerson(author, me)}</span> },
    {
      id: 'message',
      title: 'What for',
      width: 'minmax(120px, 1.4fr)',
      render: ({ message, source }) => (message === '' ? <span className="dim">{sourceText(source)}</span> : message),
      hint: ({ message, source }) => [message, sourceText(source)].filter((part) => part !== '').join('\n'),
    },
    {
      id: 'cases',
      title: 'Cases',
      width: '64px',
      align: 'right',
      render: ({ counts }) => (counts === null ? '–' : formatCount(counts.cases)),
    },
    {
      id: 'problems',
      title: 'Problems',
      width: '72px',
      align: 'right',
      render: ({ counts }) => (counts === null ? '–' : formatCount(counts.errors)),
    },
    {
      id: 'files',
      title: 'Files',
      width: '56px',
      align: 'right',
      render: ({ fileCount }) => <span className="dim">{formatCount(fileCount)}</span>,
    },
    { id: 'size', title: 'Size', width: '72px', align: 'right', render: ({ size }) => <span className="dim">{formatBytes(size)}</span> },
  ];
}
