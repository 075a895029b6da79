import type { ReactElement } from 'react';
import { useSearchParams } from 'wouter';
import type { History } from '../../../src-shared/model/history.ts';
import { formatCount, formatElapsed } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { MARK_WORDS, MARKS } from '../../kit/marks.ts';
import { PageHead, SectionHead } from '../../kit/Page.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { VerdictStrip } from '../../kit/VerdictStrip.tsx';
import { useCrumbs } from '../../state/page.ts';
import { useRuns } from '../../state/runs.ts';
import { Durations } from './Durations.tsx';
import { Findings } from './Findings.tsx';
import { PointRows } from './PointRows.tsx';
import { KIND_WORDS, type Subject } from './subject.ts';

const DAYS = [
  { value: '30', label: '30 d' },
  { value: '90', label: '90 d' },
  { value: '365', label: '1 y' },
] as const;
type Days = (typeof DAYS)[number]['value'];

export function SubjectHistory({ subject: { kind, key } }: { readonly subject: Subject }): ReactElement {
  const [search, setSearch] = useSearchParams();
  const days: Days = DAYS.find(({ value }) => value === search.get('days'))?.value ?? '90';
  const narrow = {
    ...(search.get('sut') === null ? {} : { sut: search.get('sut') ?? '' }),
    ...(search.get('condition') === null ? {} : { condition: search.get('condition') ?? '' }),
  };
  const settled = useRuns((state) => state.settled);
  const { data, problem, again } = useCall(
    (signal) => client.history.of({ kind, key, days: Number(days), ...narrow }, { signal }),
    [kind, key, days, narrow, settled],
  );
  const name = kind === 'test' ? (key.split('.').at(-1) ?? key) : key;
  useCrumbs([{ label: 'History', href: addresses.history }, { label: name }]);
  const choose = (value: Days): void => setSearch((before) => ({ ...Object.fromEntries(before), days: value }), { replace: true });
  return (
    <>
      <PageHead
        title={<span title={key}>{name}</span>}
        about={`${KIND_WORDS[kind]}${Object.values(narrow).length === 0 ? '' : `, ${Object.values(narrow).join(', ')} only`}`}
        actions={<Segments label="Time" value={days} segments={DAYS} onChange={choose} />}
      />
      {problem === null ? null : (
        <div className="page-body">
          <ErrorState problem={problem} onRetry={again} />
        </div>
      )}
      {data === null && problem === null ? <LoadingShape rows={8} /> : null}
      {data === null ? null : data.points.length === 0 ? (
        <div className="page-body">
          <EmptyState title="No run in this time" why="Choose a longer time, or run it: its history begins with its first run." />
        </div>
      ) : (
        <Known history={data} />
      )}
    </>
  );
}

function Known({ history }: { readonly history: History }): ReactElement {
  const { points, counts, more, medianMs, p95Ms } = history;
  return (
    <div className="split ruled history">
      <div className="pane grow history-main">
        <section aria-label="Verdicts">
          <SectionHead
            title="Verdicts"
            count={`${formatCount(points.length)}${more ? ' newest' : ''} runs`}
            actions={
              <span className="row">
                {MARKS.filter((mark) => (counts[mark] ?? 0) > 0).map((mark) => (
                  <span key={mark} className={`figures mark-${mark}`} title={MARK_WORDS[mark]}>
                    <VerdictIcon mark={mark} /> {counts[mark]}
                  </span>
                ))}
              </span>
            }
          />
          <div className="history-strip">
            <VerdictStrip verdicts={points.slice(-60).map(({ verdict }) => verdict)} />
          </div>
        </section>
        <section aria-label="Duration">
          <SectionHead
            ruled
            title="Duration"
            about="one mark a run, oldest left"
            actions={
              <span className="dim small figures">
                {medianMs === null ? 'nothing passed' : `median ${formatElapsed(medianMs)}, 95 % under ${formatElapsed(p95Ms ?? medianMs)}`}
              </span>
            }
          />
          <Durations points={points} />
        </section>
        <Cells cells={history.cells} />
        <PointRows points={points} />
      </div>
      <div className="pane history-side">
        <Findings history={history} />
      </div>
    </div>
  );
}

const MOST_CELLS = 20;

function Cells({ cells }: { readonly cells: History['cells'] }): ReactElement {
  return (
    <section aria-label="By SUT and condition">
      <SectionHead ruled title="By SUT and condition" about="last 6 of each, passed of run" />
      {cells.slice(0, MOST_CELLS).map(({ sut, condition, passed, of, strip }) => (
        <div key={`${sut} ${condition ?? ''}`} className="history-cell">
          <span className="strong ellipsis">{sut}</span>
          <span className="mid ellipsis">{condition ?? 'no condition'}</span>
          <VerdictStrip verdicts={strip} />
          <span className="figures right">
            {passed} of {of}
          </span>
        </div>
      ))}
      {cells.length > MOST_CELLS ? <p className="history-about dim small">and {cells.length - MOST_CELLS} more</p> : null}
    </section>
  );
}
