import type { ReactElement } from 'react';
import { formatAmount, formatBytes } from '../../../../src-shared/text/quantities.ts';
import { DenseTable, type Column } from '../../../kit/DenseTable.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../../kit/States.tsx';
import type { Problem } from '../../../kit/problem.ts';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import { consoleLines } from './console-text.ts';
import type { Hit, Searched } from './search-console.ts';

const COLUMNS: readonly Column<Hit>[] = [
  {
    id: 'line',
    title: 'Line',
    width: '1fr',
    render: (hit) => <span className="mono">{consoleLines(hit.text)[0]}</span>,
    hint: (hit) => hit.text,
  },
];

interface Props {
  readonly text: string;
  readonly searched: Searched;
  readonly problem: Problem | null;
  readonly onShow: (hit: Hit) => void;
}

/** Found lines of the whole file; each goes to its place. */
export function ConsoleHits({ text, searched, problem, onShow }: Props): ReactElement {
  const { hits, to, size, full } = searched;
  const done = full || (to > 0 && to >= size);
  if (problem !== null) return <ErrorState problem={problem} />;
  if (hits.length === 0 && !done)
    return <LoadingShape rows={8} what={size === 0 ? 'Searching' : `Searched ${formatBytes(to)} of ${formatBytes(size)}`} />;
  if (hits.length === 0) {
    return (
      <div className="page-body">
        <EmptyState title={`No line holds “${text}”`} why={`All ${formatBytes(size)} of the console were searched.`} />
      </div>
    );
  }
  return (
    <>
      <DenseTable
        label="Found lines"
        columns={COLUMNS}
        rows={hits}
        keyOf={(hit) => `${hit.offset}-${hit.line}`}
        selected={null}
        onSelect={onShow}
        onOpen={onShow}
      />
      <div className="page-foot">
        <span className="figures">
          {full ? 'The first ' : ''}
          {formatAmount(hits.length, 'line')}
          {done ? '' : `, searched ${formatBytes(to)} of ${formatBytes(size)}`}
        </span>
        {done ? null : <VerdictIcon mark="running" />}
        <span className="grow" />
        <span>
          <kbd>Enter</kbd> shows it in its place
        </span>
      </div>
    </>
  );
}
