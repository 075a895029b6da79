import { Grid3x3 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { MatrixSummary } from '../../../src-shared/model/matrix.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { AreaLinks, RUN_AREAS } from '../../kit/AreaLinks.tsx';
import { Button } from '../../kit/Button.tsx';
import type { Column } from '../../kit/DenseTable.tsx';
import { MARK_WORDS, MARKS } from '../../kit/marks.ts';
import { PageHead } from '../../kit/Page.tsx';
import { PlainTable } from '../../kit/PlainTable.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { useCrumbs } from '../../state/page.ts';
import { useRuns } from '../../state/runs.ts';
import './matrix.css';

const COLUMNS: readonly Column<MatrixSummary>[] = [
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(160px, 1fr)',
    render: ({ name }) => <span className="strong">{name}</span>,
    hint: ({ name }) => name,
  },
  { id: 'verdicts', title: 'Cells', width: 'minmax(200px, 1fr)', render: ({ verdicts }) => <Verdicts of={verdicts} /> },
  {
    id: 'ended',
    title: 'Ended',
    width: '108px',
    align: 'right',
    render: ({ ended, cellCount }) => `${formatCount(ended)} of ${formatCount(cellCount)}`,
  },
  { id: 'made', title: 'Started', width: '108px', render: ({ createdAt }) => <When at={createdAt} /> },
  { id: 'by', title: 'By', width: '108px', render: ({ createdBy }) => <span className="dim">{createdBy}</span> },
];

export default function MatricesPage(): ReactElement {
  const [, go] = useLocation();
  const settled = useRuns((state) => state.settled);
  const { data, problem, again } = useCall((signal) => client.matrices.list(undefined, { signal }), [settled]);
  useCrumbs([{ label: 'Runs', href: addresses.runs }, { label: 'Matrices' }]);
  return (
    <>
      <PageHead
        title="Matrices"
        about={data === null ? undefined : formatCount(data.length)}
        actions={
          <Button variant="primary" icon={<Grid3x3 />} href={addresses.newMatrix()}>
            Run a matrix
          </Button>
        }
      >
        <AreaLinks label="Runs" areas={RUN_AREAS} here={addresses.matrices} />
      </PageHead>
      {problem === null ? null : (
        <div className="page-body">
          <ErrorState problem={problem} onRetry={again} />
        </div>
      )}
      {data === null ? (
        problem === null ? (
          <LoadingShape />
        ) : null
      ) : data.length === 0 ? (
        <div className="page-body">
          <EmptyState
            title="No matrices yet"
            why="A matrix runs plans under several conditions on several machines in one action, and shows the verdicts side by side."
            actions={
              <Button small href={addresses.newMatrix()}>
                Run a matrix
              </Button>
            }
          />
        </div>
      ) : (
        <div className="scroll grow">
          <PlainTable label="Matrices" columns={COLUMNS} rows={data} keyOf={({ id }) => id} onOpen={({ id }) => go(addresses.matrix(id))} />
        </div>
      )}
    </>
  );
}

function Verdicts({ of }: { readonly of: MatrixSummary['verdicts'] }): ReactElement {
  return (
    <span className="row">
      {MARKS.filter((mark) => (of[mark] ?? 0) > 0).map((mark) => (
        <span key={mark} className={`figures mark-${mark}`} title={MARK_WORDS[mark]}>
          <VerdictIcon mark={mark} /> {formatCount(of[mark] ?? 0)}
        </span>
      ))}
    </span>
  );
}
