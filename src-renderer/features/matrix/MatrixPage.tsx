import { RotateCcw, Square } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useLocation, useParams, useSearchParams } from 'wouter';
import type { Matrix } from '../../../src-shared/model/matrix.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { useFeed } from '../../bridge/use-feed.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { DetailSplit } from '../../kit/DetailSplit.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { toProblem, type Problem } from '../../kit/problem.ts';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { useVerbs } from '../../kit/use-verbs.ts';
import { useCrumbs } from '../../state/page.ts';
import { CellDetail } from './CellDetail.tsx';
import { Grid } from './Grid.tsx';
import { Standing } from './Standing.tsx';
import { cellAt, readPlace, unhappyCells } from './model/grid.ts';
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
  const select = (row: number, column: number): void => setSearch({ cell: `${row}-${column}` }, { replace: true });
  return (
    <DetailSplit
      name="matrix"
      list={
        <>
          <Head matrix={matrix} />
          <Standing matrix={matrix} />
          <Grid matrix={matrix} selected={place} onSelect={select} />
          <div className="page-foot">
            <span>Arrow keys move, Enter opens the run, Shift R runs again what did not pass</span>
          </div>
        </>
      }
      detail={
        cell === undefined ? null : (
          <CellDetail key={`${cell.row}.${cell.column}`} matrix={matrix} cell={cell} onClose={() => setSearch([], { replace: true })} />
        )
      }
      detailLabel="Cell"
      onClose={() => setSearch([], { replace: true })}
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
