import { useEffect, useState, type ReactElement } from 'react';
import type { RecordItem } from '../../../../src-shared/model/record.ts';
import type { Run } from '../../../../src-shared/model/run.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { DenseTable, type Column } from '../../../kit/DenseTable.tsx';
import { markOfItem } from '../../../kit/marks.ts';
import type { Problem } from '../../../kit/problem.ts';
import { SearchField } from '../../../kit/SearchField.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';

const QUIET_MS = 150;
const PAGE = 500;

export interface Find {
  readonly text: string;
  readonly items: readonly RecordItem[];
  readonly resumeAt: number | null;
  readonly loading: boolean;
  readonly problem: Problem | null;
  readonly more: () => void;
}

/** What of the record holds the text; asked after the typing pauses, and a page at a time. */
export function useFind(runId: string, text: string, version: number): Find {
  const [quiet, setQuiet] = useState(text);
  const [limit, setLimit] = useState(PAGE);
  useEffect(() => {
    const timer = setTimeout(() => {
      setQuiet(text);
      setLimit(PAGE);
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, loading, problem } = useCall(
    async (signal) => (quiet === '' ? { items: [], resumeAt: null } : client.record.find({ id: runId, text: quiet, limit }, { signal })),
    // While the run goes on the answer grows with it; a second is often enough.
    [runId, quiet, limit, quiet === '' ? 0 : Math.floor(version / 20)],
  );
  return {
    text: quiet,
    items: data?.items ?? [],
    resumeAt: data?.resumeAt ?? null,
    loading: loading || quiet !== text,
    problem,
    more: () => setLimit((before) => Math.min(2000, before + PAGE)),
  };
}

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
        run.total > 0 ? `Find in ${formatAmount(run.total, 'test')} and their keywords` : 'Find in names, arguments and messages'
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
  readonly selected: number | null;
  readonly onSelect: (item: number) => void;
  /** Back to the tree, with this row in it. */
  readonly onShow: (item: number) => void;
}

export function FindResults({ find, selected, onSelect, onShow }: ResultsProps): ReactElement {
  if (find.problem !== null) return <ErrorState problem={find.problem} />;
  if (find.items.length === 0) {
    if (find.loading) return <LoadingShape rows={8} />;
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
          {find.resumeAt === null ? '' : ' so far'}
        </span>
        {find.resumeAt === null ? null : (
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
