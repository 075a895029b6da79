import type { HubRun } from '../../../src-shared/model/hub-runs.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { STATE_WORDS } from '../../../src-shared/text/words.ts';
import { CountsBar } from '../../kit/Counts.tsx';
import type { Column } from '../../kit/DenseTable.tsx';
import { markOfRun } from '../../kit/marks.ts';
import { Duration, When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';

/** Runs of all labs: how they stand, where, of whom. */
export const runColumns: readonly Column<HubRun>[] = [
  { id: 'verdict', title: '', width: '32px', render: (run) => <VerdictIcon mark={markOfRun(run)} /> },
  { id: 'asked', title: 'Asked', width: '104px', render: ({ askedAt }) => <When at={askedAt} /> },
  {
    id: 'name',
    title: 'Name',
    width: 'minmax(96px, 1.2fr)',
    render: ({ name }) => <span className="strong">{name}</span>,
    hint: ({ name }) => name,
  },
  { id: 'lab', title: 'Lab', width: 'minmax(80px, 0.8fr)', render: ({ harness }) => <span className="mid">{harness}</span> },
  { id: 'suts', title: 'SUTs', width: 'minmax(72px, 1fr)', render: ({ suts }) => suts.join(', '), hint: ({ suts }) => suts.join(', ') },
  {
    id: 'passed',
    title: 'Passed',
    width: '124px',
    render: ({ counts, total }) => (
      <span className="row tight">
        <CountsBar counts={counts} total={total} width={44} />
        <span className="figures small mid">
          {formatCount(counts.passed)} / {formatCount(total)}
        </span>
      </span>
    ),
  },
  {
    id: 'duration',
    title: 'Duration',
    width: '80px',
    align: 'right',
    render: ({ startedAt, endedAt }) => (startedAt === null ? null : <Duration from={startedAt} to={endedAt} />),
  },
  { id: 'by', title: 'By', width: 'minmax(56px, 0.5fr)', render: ({ person }) => <span className="dim">{person}</span> },
  {
    id: 'happened',
    title: 'What happened',
    width: 'minmax(120px, 2fr)',
    render: (run) => <span className="mid">{happened(run)}</span>,
    hint: happened,
  },
];

/** While its lab is away, what is known is what was true when it was last heard. */
function happened({ state, happened: what, lab, publishedAt, told }: HubRun): string {
  const text = what ?? STATE_WORDS[state];
  if (publishedAt !== null || told === 'refused') return text;
  if (lab !== 'up') return `No news while the lab is away; ${text}`;
  return state === 'ended' ? `${text}; report arriving` : text;
}
