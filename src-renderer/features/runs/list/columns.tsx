import type { RunListRow } from '../../../../src-shared/contract/harness/runs.ts';
import type { Column } from '../../../kit/DenseTable.tsx';
import { VerdictStrip } from '../../../kit/VerdictStrip.tsx';
import { ByCell, DurationCell, HappenedCell, MarkCell, NameCell, PassedCell, StartedCell } from './cells.tsx';

export const COLUMNS: readonly Column<RunListRow>[] = [
  { id: 'verdict', title: '', width: '32px', render: ({ run }) => <MarkCell run={run} /> },
  { id: 'started', title: 'Started', width: '80px', render: ({ run }) => <StartedCell run={run} /> },
  { id: 'name', title: 'Name', width: 'minmax(96px, 1.3fr)', render: ({ run }) => <NameCell run={run} />, hint: ({ run }) => run.name },
  {
    id: 'suts',
    title: 'SUTs',
    width: 'minmax(72px, 1.2fr)',
    render: ({ run }) => run.suts.join(', '),
    hint: ({ run }) => run.suts.join(', '),
  },
  {
    id: 'condition',
    title: 'Condition',
    width: 'minmax(72px, 1fr)',
    render: ({ run }) => <span className="mid">{run.condition}</span>,
    hint: ({ run }) => run.condition ?? undefined,
  },
  { id: 'passed', title: 'Passed', width: '152px', render: ({ run }) => <PassedCell run={run} /> },
  { id: 'strip', title: 'Last 12', width: '90px', render: ({ strip }) => <VerdictStrip verdicts={strip} /> },
  { id: 'duration', title: 'Duration', width: '92px', align: 'right', render: ({ run }) => <DurationCell run={run} /> },
  { id: 'by', title: 'By', width: 'minmax(64px, 0.7fr)', render: ({ run }) => <ByCell run={run} />, hint: ({ run }) => run.startedBy },
  { id: 'happened', title: 'What happened', width: 'minmax(120px, 2fr)', render: ({ run }) => <HappenedCell run={run} /> },
];

const BESIDE = new Set(['verdict', 'started', 'name', 'suts', 'passed', 'strip']);
/** Beside the run in focus, which says the rest. */
export const NARROW_COLUMNS = COLUMNS.filter(({ id }) => BESIDE.has(id)).map((column) =>
  column.id === 'name' ? { ...column, width: 'minmax(140px, 2fr)' } : column,
);
