import type { ReactElement } from 'react';
import type { RecordItem } from '../../../../src-shared/model/record.ts';
import type { Run } from '../../../../src-shared/model/run.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { DenseTable, type Column } from '../../../kit/DenseTable.tsx';
import { markOfItem } from '../../../kit/marks.ts';
import { SearchField } from '../../../kit/SearchField.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import type { Find } from './use-find.ts';

interface FieldProps {
  readonly run: Run;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

export function FindField({ run, text, onChange }: FieldProps): ReactElement {
  return (
    <SearchField
      slash
      width="100%"
      placeholder={
        run.total > 0 ? `Find in ${formatAmount(run.total, 'test')}, keywords and messages` : 'Find in names, arguments and messages'
      }
      value={text}
      onChange={onChange}
    />
  );
}

const COLUMNS: readonly Column<RecordItem>[] = [
  { id: 'verdict', title: '', width: '30px', render: (item) => <VerdictIcon mark={markOfItem(item.status)} /> },
  { id: 'name', title: 'Row', width: 'minmax(140px, 1fr)', render: (item) => item.name, hint: (item) => item.name },
  {
    id: 'arguments',
    title: 'Arguments or message',
    width: 'minmax(140px, 1.4fr)',
    render: (item) => <span className="dim mono">{item.message ?? item.args.join('    ')}</span>,
    hint: (item) => item.message ?? item.args.join('\n'),
  },
];

interface ResultsProps {
  readonly find: Find;
  /** The highest id of the record, to say how much of it was searched. */
  readonly maxItem: number;
  readonly selected: number | null;
  readonly onSelect: (item: number) => void;
  /** Back to the tree, with this row in it. */
  readonly onShow: (item: number) => void;
}

export function FindResults({ find, maxItem, selected, onSelect, onShow }: ResultsProps): ReactElement {
  const searched = find.resumeAt === null || maxItem === 0 ? null : Math.min(99, Math.round((100 * find.resumeAt) / maxItem));
  if (find.problem !== null) return <ErrorState problem={find.problem} />;
  if (find.items.length === 0) {
    if (find.loading) return <LoadingShape rows={8} what={searched === null ? 'Searching' : `Searched ${searched} % of the record`} />;
    return (
      <div className="page-body">
        <EmptyState title={`Nothing holds “${find.text}”`} why="Names, arguments and messages were searched." />
      </div>
    );
  }
  return (
    <>
      <DenseTable
        label="Found rows"
        columns={COLUMNS}
        rows={find.items}
        keyOf={(item) => String(item.id)}
        selected={selected === null ? null : String(selected)}
        onSelect={(item) => onSelect(item.id)}
        onOpen={(item) => onShow(item.id)}
      />
      <div className="page-foot">
        <span>
          {formatAmount(find.items.length, 'row')}
          {searched === null ? '' : ` in the first ${searched} % of the record`}
        </span>
        {find.loading ? <VerdictIcon mark="running" /> : null}
        {find.resumeAt === null || find.loading ? null : (
          <Button small variant="quiet" onClick={find.more}>
            Find more
          </Button>
        )}
        <span className="grow" />
        <span>
          <kbd>Enter</kbd> shows it in the tree
        </span>
      </div>
    </>
  );
}
