import type { ReactElement } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { Comparison } from '../../../src-shared/model/comparison.ts';
import { formatCount, formatElapsed } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { markOfRun } from '../../kit/marks.ts';
import { PageHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { useCrumbs } from '../../state/page.ts';
import { ComparedFiles } from './ComparedFiles.tsx';
import { CompareTitle } from './CompareTitle.tsx';
import './history.css';

export default function ComparePage(): ReactElement {
  const [search] = useSearchParams();
  const ids = search.getAll('run');
  useCrumbs([{ label: 'Runs', href: addresses.runs }, { label: 'Compare' }]);
  return (
    <>
      <PageHead title="Compare" about={ids.length === 0 ? undefined : `${ids.length} runs, what differs first`} />
      {ids.length < 2 ? (
        <div className="page-body">
          <EmptyState title="Two runs are needed" why="Mark runs in the list with X and compare them from the bar at its foot." />
        </div>
      ) : (
        <Compared ids={ids} />
      )}
    </>
  );
}

function Compared({ ids }: { readonly ids: readonly string[] }): ReactElement {
  const { data, problem, again } = useCall((signal) => client.history.compare({ ids: [...ids] }, { signal }), [ids]);
  if (problem !== null)
    return (
      <div className="page-body">
        <ErrorState problem={problem} onRetry={again} />
      </div>
    );
  if (data === null) return <LoadingShape rows={10} />;
  const differing = data.facts.filter(({ differs }) => differs);
  return (
    <div className="scroll grow">
      <table className="history-compare">
        <Heads runs={data.runs} />
        <Facts title="What differs" facts={differing} width={data.runs.length} />
        <ComparedFiles runs={data.runs} />
        <Tests comparison={data} />
        <Facts title="Equal" facts={data.facts.filter(({ differs }) => !differs)} width={data.runs.length} />
      </table>
    </div>
  );
}

function Heads({ runs }: Pick<Comparison, 'runs'>): ReactElement {
  return (
    <thead>
      <tr>
        <th scope="col">
          <span className="visually-hidden">What</span>
        </th>
        {runs.map((run) => (
          <th key={run.id} scope="col">
            <span className="row">
              <VerdictIcon mark={markOfRun(run)} />
              <Link className="strong ellipsis" href={addresses.run(run.id)}>
                {run.name}
              </Link>
              <span className="dim small">
                <When at={run.startedAt ?? run.createdAt} />
              </span>
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface FactsProps {
  readonly title: string;
  readonly facts: Comparison['facts'];
  readonly width: number;
}

function Facts({ title, facts, width }: FactsProps): ReactElement {
  return (
    <tbody>
      <CompareTitle title={title} count={facts.length === 0 ? 'nothing' : formatCount(facts.length)} width={width} />
      {facts.map(({ group, name, values, differs }) => (
        <tr key={`${group} ${name}`}>
          <th scope="row" className="mid">
            {name}
          </th>
          {values.map((value, index) => (
            <td key={index} className={differs ? 'history-differs' : ''} title={value ?? undefined}>
              {value ?? <span className="dim">none</span>}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

function Tests({ comparison: { tests, runs, equalLeftOut } }: { readonly comparison: Comparison }): ReactElement {
  const different = tests.filter(({ differs }) => differs).length;
  return (
    <tbody>
      <CompareTitle
        title="Cases"
        count={`${formatCount(different)} differ, ${formatCount(tests.length - different + equalLeftOut)} equal`}
        width={runs.length}
      />
      {tests.map(({ longName, outcomes, differs }) => (
        <tr key={longName}>
          <th scope="row">
            <Link className="history-name ellipsis" href={addresses.historyOf('test', longName)} title={longName}>
              {longName}
            </Link>
          </th>
          {outcomes.map((outcome, index) => (
            <td key={index} className={differs ? 'history-differs' : ''} title={outcome?.message ?? undefined}>
              {outcome === null ? (
                <span className="dim">not in it</span>
              ) : (
                <span className="row">
                  <VerdictIcon mark={outcome.status} />
                  <span className="figures small">{outcome.tookMs === null ? '' : formatElapsed(outcome.tookMs)}</span>
                  <span className="dim small mono ellipsis">{outcome.message}</span>
                </span>
              )}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}
