import { ArrowUp, Play } from 'lucide-react';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { formatAmount, formatCount, formatElapsed } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { DetailSplit } from '../../kit/DetailSplit.tsx';
import { Kbd } from '../../kit/Kbd.tsx';
import { AreaLinks, RUN_AREAS } from '../../kit/AreaLinks.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { toProblem } from '../../kit/problem.ts';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';
import { useCrumbs } from '../../state/page.ts';
import { useCapsuleImport } from './capsule/ImportCapsule.tsx';
import { FilterLine } from './filter/FilterLine.tsx';
import { queryOf, startOfDay } from './filter/run-filter.ts';
import { useFilter } from './filter/use-filter.ts';
import { Histogram } from './histogram/Histogram.tsx';
import type { RunPages } from './list/run-pages.ts';
import { RunTable } from './list/RunTable.tsx';
import { useRunList } from './list/use-run-list.ts';
import { MarkedBar } from './MarkedBar.tsx';
import { clearMarks } from './marks.ts';
import { NoMatch } from './NoMatch.tsx';
import { useResultImport } from './results/ImportResults.tsx';
import { RunPeek } from './peek/RunPeek.tsx';
import { usePeek } from './peek/use-peek.ts';
import './runs.css';

export default function RunsPage(): ReactElement {
  const [filter, change] = useFilter();
  const today = startOfDay(useNow('minute'));
  const query = useMemo(() => queryOf(filter, today), [filter, today]);
  const { pages, shown, problem, loadMore, again } = useRunList(query);
  const [said, setSaid] = useState<string | null>(null);
  useCrumbs([{ label: 'Runs' }]);
  useEffect(() => clearMarks, []);
  const tell = (deed: Promise<unknown>, done: string): void =>
    void deed.then(
      () => setSaid(`${done}.`),
      (error: unknown) => setSaid(toProblem(error).message),
    );
  const { peeked, peek, close } = usePeek(pages);
  const capsule = useCapsuleImport();
  const results = useResultImport();
  const list = (
    <>
      <PageHead
        title="Runs"
        about={pages === null ? undefined : formatCount(pages.all)}
        actions={
          <>
            {results.button}
            {capsule.button}
            <Button variant="primary" icon={<Play />} keys="n" href={addresses.newRun()}>
              New run
            </Button>
          </>
        }
      >
        <AreaLinks label="Runs" areas={RUN_AREAS} here={addresses.runs} />
        <Fresh count={pages?.fresh ?? 0} onShow={again} />
      </PageHead>
      {results.strip}
      {capsule.strip}
      {pages?.all === 0 ? (
        <NoRuns />
      ) : (
        <>
          <FilterLine filter={filter} change={change} facets={pages?.facets ?? {}} />
          <Histogram filter={filter} query={query} change={change} />
          {problem === null ? null : (
            <div className="run-list-problem">
              <ErrorState problem={problem} onRetry={again} />
            </div>
          )}
          {pages === null && problem === null ? <LoadingShape rows={14} /> : null}
          {pages !== null && pages.rows.length === 0 ? <NoMatch filter={filter} change={change} /> : null}
          {pages !== null && pages.rows.length > 0 ? (
            <RunTable key={shown} pages={pages} narrow={peeked !== null} onEndNear={loadMore} onPeek={peek} onDeed={tell} />
          ) : (
            <span className="grow" />
          )}
          <MarkedBar said={said} onSaid={setSaid} />
          <Foot pages={pages} />
        </>
      )}
    </>
  );
  return (
    <DetailSplit
      name="runs"
      list={list}
      detail={peeked === null ? null : <RunPeek run={peeked.run} onClose={close} onDeed={tell} />}
      detailLabel={peeked === null ? 'Run' : peeked.run.name}
      onClose={close}
    />
  );
}

/** Stands in the head, where it moves nothing. */
function Fresh({ count, onShow }: { readonly count: number; readonly onShow: () => void }): ReactElement {
  return (
    <span role="status">
      {count === 0 ? null : (
        <button type="button" className="chip set" onClick={onShow}>
          <ArrowUp aria-hidden />
          Show {formatAmount(count, 'new run')}
        </button>
      )}
    </span>
  );
}

function Foot({ pages }: { readonly pages: RunPages | null }): ReactElement {
  return (
    <footer className="page-foot">
      <span className="figures" role="status">
        {pages === null
          ? ''
          : `${formatCount(pages.total)} of ${formatCount(pages.all)} runs, found in ${formatElapsed(Math.max(1, pages.tookMs))}`}
      </span>
      <span className="grow" />
      <span>
        <Kbd keys="j" /> <Kbd keys="k" /> move
      </span>
      <span>
        <Kbd keys="enter" /> open
      </span>
      <span>
        <Kbd keys="space" /> peek
      </span>
      <span>
        <Kbd keys="x" /> mark
      </span>
      <span>
        <Kbd keys="r" /> rerun
      </span>
    </footer>
  );
}

function NoRuns(): ReactElement {
  return (
    <div className="page-body">
      <EmptyState
        title="No run yet"
        why="Every run is kept here with its report, and found again by name, machine, condition, person and message."
        actions={
          <>
            <Button small icon={<Play />} href={addresses.newRun()}>
              New run
            </Button>
            <Button small variant="quiet" href={addresses.start}>
              Run the sample
            </Button>
          </>
        }
      />
    </div>
  );
}
