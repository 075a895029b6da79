import type { ReactElement } from 'react';
import type { RevisionCounts, TestData } from '../../../src-shared/model/test-data.ts';
import { formatBytes, formatCount } from '../../../src-shared/text/quantities.ts';
import type { Column } from '../../kit/DenseTable.tsx';
import { When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { sourceText } from './model/source-words.ts';
import { Follows } from './Follows.tsx';

export const COLUMNS: readonly Column<TestData>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(160px, 1.2fr)',
    render: ({ name }) => <span className="strong">{name}</span>,
    hint: ({ name }) => name,
  },
  { id: 'cases', title: 'Cases', width: '72px', align: 'right', render: ({ newest }) => <Figure of={newest.counts} name="cases" /> },
  { id: 'suites', title: 'Suites', width: '64px', align: 'right', render: ({ newest }) => <Figure of={newest.counts} name="suites" /> },
  { id: 'problems', title: 'Problems', width: '80px', align: 'right', render: ({ newest }) => <Problems of={newest.counts} /> },
  {
    id: 'size',
    title: 'Size',
    width: '76px',
    align: 'right',
    render: ({ newest }) => <span className="dim">{formatBytes(newest.size)}</span>,
  },
  {
    id: 'revision',
    title: 'Newest',
    width: '116px',
    render: ({ newest }) => (
      <span className="dim">
        {formatCount(newest.number)}, <span className="mono">{newest.hash.slice(0, 7)}</span>
      </span>
    ),
  },
  { id: 'changed', title: 'Changed', width: '100px', render: ({ newest }) => <When at={newest.createdAt} /> },
  { id: 'by', title: 'By', width: '92px', render: ({ newest }) => <span className="dim">{newest.author}</span> },
  {
    id: 'from',
    title: 'From',
    width: 'minmax(100px, 1fr)',
    render: ({ newest }) => <span className="dim">{sourceText(newest.source)}</span>,
    hint: ({ newest }) => sourceText(newest.source),
  },
  {
    id: 'follows',
    title: 'Follows',
    width: 'minmax(110px, 0.6fr)',
    render: ({ link }) => <Follows link={link} />,
    hint: ({ link }) => link?.place,
  },
];

/** What Robot's parser counts is known only after it has looked. */
function Figure({ of, name }: { readonly of: RevisionCounts | null; readonly name: 'cases' | 'suites' }): ReactElement {
  return of === null ? (
    <span className="dim" title="Robot Framework has not read it yet">
      –
    </span>
  ) : (
    <>{formatCount(of[name])}</>
  );
}

function Problems({ of }: { readonly of: RevisionCounts | null }): ReactElement {
  if (of === null) return <span className="dim">–</span>;
  if (of.errors === 0) return <span className="dim">none</span>;
  return (
    <span className="mark-error">
      <VerdictIcon mark="error" decorative /> {formatCount(of.errors)}
    </span>
  );
}
