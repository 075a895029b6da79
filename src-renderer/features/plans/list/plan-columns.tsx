import type { TestPlan } from '../../../../src-shared/model/plan.ts';
import { formatAmount, formatCount } from '../../../../src-shared/text/quantities.ts';
import type { Column } from '../../../kit/DenseTable.tsx';
import { When } from '../../../kit/Times.tsx';

export const PLAN_COLUMNS: readonly Column<TestPlan>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(140px, 1fr)',
    render: ({ name }) => <span className="strong">{name}</span>,
    hint: ({ name, doc }) => [name, doc].filter((part) => part !== '').join('\n'),
  },
  {
    id: 'data',
    title: 'Test data',
    width: 'minmax(110px, 0.8fr)',
    render: ({ testDataName }) => <span className={testDataName === null ? 'mark-failed' : 'mid'}>{testDataName ?? 'removed'}</span>,
  },
  {
    id: 'revision',
    title: 'Revision',
    width: '84px',
    render: ({ revision }) =>
      revision === 'newest' ? <span className="dim">newest</span> : <span className="mono dim">{revision.slice(0, 7)}</span>,
  },
  { id: 'needs', title: 'Needs', width: '84px', render: ({ sutNeeds }) => <span className="dim">{needsText(sutNeeds.count)}</span> },
  {
    id: 'runs',
    title: 'Runs',
    width: '56px',
    align: 'right',
    render: ({ runCount }) => <span className="dim">{formatCount(runCount)}</span>,
  },
  { id: 'saved', title: 'Saved', width: '96px', render: ({ version }) => <When at={version.savedAt} /> },
  { id: 'by', title: 'By', width: '84px', render: ({ version }) => <span className="dim">{version.savedBy}</span> },
];

function needsText(count: number | null): string {
  if (count === null) return 'any SUTs';
  return count === 0 ? 'no SUT' : formatAmount(count, 'SUT');
}
