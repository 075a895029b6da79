import { Download, RotateCcw, Square } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import type { Matrix } from '../../../src-shared/model/matrix.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { writeCsv } from '../../../src-shared/text/csv.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { useFeed } from '../../bridge/use-feed.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { DetailSplit } from '../../kit/DetailSplit.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { toProblem, type Problem } from '../../kit/problem.ts';
import { saveAs } from '../../kit/save-as.ts';
import { Segments } from '../../kit/Segments.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { useVerbs } from '../../kit/use-verbs.ts';
import { useCrumbs } from '../../state/page.ts';
import { CellDetail } from './CellDetail.tsx';
import { Grid } from './Grid.tsx';
import { Standing } from './Standing.tsx';
import { cellAt, exportRows, readPlace, readView, unhappyCells, VIEWS, type View } from './model/grid.ts';
import './matrix.css';

export default function MatrixPage(): ReactElement {
  const { id = '' } = useParams<{ id: string }>();
  return <One key={id} id={id} />;
}

function One({ id }: { readonly id: string }): ReactElement {
  const [matrix, setMatrix] = useState<Matrix | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useFeed<Matrix>(
    {
      open: (signal) => client.matrices.watch({ id }, { signal }),
      apply: (items) => setMatrix((before) => items.at(-1) ?? before),
      onProblem: (error) => setProblem(toProblem(error)),
    },
    [id],
  );
  useCrumbs([
    { label: 'Runs', href: addresses.runs },
    { label: 'Matrices', href: addresses.matrices },
    { label: matrix?.name ?? 'Matrix' },
  ]);
  if (matrix !== null) return <Known matrix={matrix} />;
  return (
    <>
      <PageHead title="Matrix" />
      <div className="page-body">
        {problem === null ? (
          <LoadingShape rows={8} />
        ) : problem.code === 'NOT_FOUND' ? (
          <EmptyState
            title="This matrix does not exist"
            why="It was forgotten, or the address is wrong. Its runs are in the list of runs."
            actions={
              <Button small href={addresses.matrices}>
                All matrices
              </Button>
            }
          />
        ) : (
          <ErrorState problem={problem} />
        )}
      </div>
    </>
  );
}

function Known({ matrix }: { readonly matrix: Matrix }): ReactElement {
  const [search, setSearch] = useSearchParams();
  const place = readPlace(search.get('cell'));
  const cell = place === null ? undefined : cellAt(matrix, place);
  const view = readView(search.get('view'));
  const kept = view === 'latest' ? {} : { view };
  const select = (row: number, column: number): void => setSearch({ ...kept, cell: `${row}-${column}` }, { replace: true });
  const close = (): void => setSearch(kept, { replace: true });
  const choose = (next: View): void => setSearch((before) => ({ ...Object.fromEntries(before), view: next }), { replace: true });
  const { data: times } = useCall((signal) => client.matrices.overTime({ id: matrix.id }, { signal }), [matrix.id, matrix.ended]);
  return (
    <DetailSplit
      name="matrix"
      list={
        <>
          <Head matrix={matrix} />
          <Standing matrix={matrix} views={<Segments label="View" value={view} segments={VIEWS} onChange={choose} />} />
          <Grid matrix={matrix} times={times ?? []} view={view} selected={place} onSelect={select} />
          <div className="page-foot">
            <span className="ellipsis">Arrow keys move, Enter opens the run, Shift R runs again what did not pass</span>
            <span className="grow" />
            <span className="nowrap">new: did not fail before</span>
          </div>
        </>
      }
      detail={
        cell === undefined ? null : (
          <CellDetail
            key={`${cell.row}.${cell.column}`}
            matrix={matrix}
            cell={cell}
            points={times?.find(({ row, column }) => row === cell.row && column === cell.column)?.points ?? []}
            onClose={close}
          />
        )
      }
      detailLabel="Cell"
      onClose={close}
    />
  );
}

function Head({ matrix }: { readonly matrix: Matrix }): ReactElement {
  const [, go] = useLocation();
  const rerun = useAction(() => client.matrices.rerunFailed({ id: matrix.id }));
  const stop = useAction(() => client.matrices.stop({ id: matrix.id }));
  const remove = useAction(async () => {
    await client.matrices.remove({ id: matrix.id });
    go(addresses.matrices);
  });
  const unhappy = unhappyCells(matrix);
  const going = matrix.cellCount - matrix.ended;
  useVerbs(`On ${matrix.name}`, [
    ...(unhappy > 0
      ? [{ id: 'matrix.rerun', label: `Rerun ${unhappy} that did not pass`, keys: 'shift+r', run: () => void rerun.run() }]
      : []),
  ]);
  const problem = rerun.problem ?? stop.problem ?? remove.problem;
  return (
    <>
      <PageHead
        title={matrix.name}
        about={
          <>
            started <When at={matrix.createdAt} />
          </>
        }
        actions={
          <>
            <Button icon={<Download />} onClick={() => saveAs(`${matrix.name}.csv`, writeCsv(exportRows(matrix)), 'text/csv')}>
              Export
            </Button>
            {going > 0 ? (
              <ConfirmButton
                variant="danger"
                icon={<Square />}
                busy={stop.busy}
                title={`Stop all of ${matrix.name}?`}
                harm={`${formatCount(going)} runs are asked to end. Tear-downs run and each report is kept.`}
                verb={`Stop ${formatCount(going)} runs`}
                safe="Keep running"
                onConfirm={() => void stop.run()}
              >
                Stop all
              </ConfirmButton>
            ) : (
              <ConfirmButton
                variant="quiet"
                busy={remove.busy}
                title={`Forget ${matrix.name}?`}
                harm="The grid goes; its runs and reports stay in the list of runs."
                verb="Forget the grid"
                safe="Keep it"
                onConfirm={() => void remove.run()}
              >
                Forget
              </ConfirmButton>
            )}
            <Button
              variant="primary"
              icon={<RotateCcw />}
              keys="shift+r"
              busy={rerun.busy}
              disabledReason={unhappy === 0 ? 'Nothing that ended did not pass' : null}
              onClick={() => void rerun.run()}
            >
              {unhappy === 0 ? 'Rerun failed' : `Rerun ${formatCount(unhappy)} failed`}
            </Button>
          </>
        }
      />
      {problem === null ? null : (
        <div className="page-body matrix-problem">
          <ErrorState problem={problem} />
        </div>
      )}
    </>
  );
}
