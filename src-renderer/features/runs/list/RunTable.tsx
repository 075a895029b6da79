import { useCallback, useMemo, useState, type ReactElement } from 'react';
import { useLocation, useSearchParams } from 'wouter';
import type { RunListRow } from '../../../../src-shared/contract/harness/runs.ts';
import { formatAmount, formatCount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { addresses } from '../../../kit/addresses.ts';
import { DenseTable } from '../../../kit/DenseTable.tsx';
import { formatDayHead } from '../../../kit/format.ts';
import { useNow } from '../../../kit/use-now.ts';
import { restToRerun } from '../../../kit/rerun.ts';
import { useVerbs } from '../../../kit/use-verbs.ts';
import { toggleMark } from '../marks.ts';
import { COLUMNS, NARROW_COLUMNS } from './columns.tsx';
import { dayOf, daysOf, type Day } from './day-groups.ts';
import { isComplete, type RunPages } from './run-pages.ts';

interface Props {
  readonly pages: RunPages;
  /** A run stands beside the list. */
  readonly narrow: boolean;
  readonly onEndNear: () => void;
  /** Space: the run beside the list, or no longer. */
  readonly onPeek: () => void;
  /** Something was asked for a run from its row: what came of it. */
  readonly onDeed: (deed: Promise<unknown>, done: string) => void;
}

const keyOf = ({ run }: RunListRow): string => run.id;
const SORT = { column: 'started', direction: 'down' } as const;

export function RunTable({ pages, narrow, onEndNear, onPeek, onDeed }: Props): ReactElement {
  const [, go] = useLocation();
  const [search, setSearch] = useSearchParams();
  // Whoever is typing a filter keeps the keys when the first row arrives.
  const [takesKeys] = useState(() => document.activeElement === null || document.activeElement === document.body);
  const selected = search.get('at');
  const complete = isComplete(pages);
  const days = useMemo(() => daysOf(pages.rows, complete), [pages.rows, complete]);
  const renderGroup = useCallback((group: string) => <DayHead at={Number(group)} day={days.get(group)} />, [days]);
  const select = ({ run }: RunListRow): void =>
    setSearch((before) => new URLSearchParams([...[...before].filter(([key]) => key !== 'at'), ['at', run.id]]), { replace: true });
  const row = selected === null ? undefined : pages.rows.find(({ run }) => run.id === selected);
  useRowVerbs(row, onDeed);
  return (
    <div className="column grow run-table">
      <DenseTable
        label="Runs, newest first"
        columns={narrow ? NARROW_COLUMNS : COLUMNS}
        rows={pages.rows}
        keyOf={keyOf}
        selected={row === undefined ? null : selected}
        onSelect={select}
        onOpen={({ run }) => go(addresses.run(run.id))}
        onPeek={onPeek}
        onMark={({ run }) => toggleMark(run.id)}
        sort={SORT}
        groupOf={dayOf}
        renderGroup={renderGroup}
        onEndNear={onEndNear}
        total={pages.total}
        autoFocus={takesKeys}
        ruled
      />
    </div>
  );
}

/** R on the row in focus, and in the palette. */
function useRowVerbs(row: RunListRow | undefined, onDeed: Props['onDeed']): void {
  const run = row?.run;
  const rest = run === undefined ? null : restToRerun(run);
  const rerun = (failedOnly: boolean): void => {
    if (run !== undefined) onDeed(client.runs.rerun({ id: run.id, failedOnly }), `${run.name} is queued again`);
  };
  const ended = run?.state === 'ended';
  useVerbs(
    run === undefined ? '' : `On ${run.name}`,
    run === undefined || !ended
      ? []
      : [
          { id: 'runs.rerun', label: `Rerun ${run.name}`, keys: 'r', run: () => rerun(false) },
          ...(rest === null ? [] : [{ id: 'runs.rerun-failed', label: rest, keys: 'shift+r', run: () => rerun(true) }]),
        ],
  );
}

function DayHead({ at, day }: { readonly at: number; readonly day: Day | undefined }): ReactElement {
  const now = useNow('minute');
  return (
    <>
      {formatDayHead(at, now)}
      {day === undefined ? null : (
        <span className="dim day-count">
          {day.whole ? formatAmount(day.runs, 'run') : `${formatCount(day.runs)} runs and more`}
          {day.notPassed === 0 ? '' : `, ${formatCount(day.notPassed)} not passed`}
        </span>
      )}
    </>
  );
}
