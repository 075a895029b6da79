import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Comparison } from '../../../src-shared/model/comparison.ts';
import { formatCount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { CompareTitle } from './CompareTitle.tsx';
import { comparedFiles } from './compared-files.ts';

type Runs = Comparison['runs'];

/** More files than these are counted; the test data's own page shows them all. */
const MOST_FILES = 100;

/** Files of the test data that are not the same, held against the first run; each leads to what differs in its text. */
export function ComparedFiles({ runs }: { readonly runs: Runs }): ReactElement | null {
  const [first, ...others] = runs;
  const known = runs.every(({ testDataId }) => testDataId !== null) && new Set(runs.map(({ revision }) => revision)).size > 1;
  const { data, problem } = useCall(
    async (signal) => {
      if (!known || first === undefined) return null;
      const differences = others.map(({ revision }) =>
        revision === first.revision ? Promise.resolve(null) : client.testData.diff({ from: first.revision, to: revision }, { signal }),
      );
      return { files: comparedFiles(await Promise.all(differences)), numbers: await numbersOf(runs, signal) };
    },
    [known, runs.map(({ revision }) => revision)],
  );
  if (!known) return null;
  const files = data?.files ?? [];
  return (
    <tbody>
      <CompareTitle title="Files of the test data" count={data === null ? '' : formatCount(files.length)} width={runs.length} />
      {problem === null ? null : <Line width={runs.length} text={problem.message} />}
      {files.slice(0, MOST_FILES).map(({ path, kinds }) => (
        <tr key={path}>
          <th scope="row" className="mono ellipsis" title={path}>
            {path}
          </th>
          <td className="dim">{kinds.includes('added') ? 'not there' : 'as it was'}</td>
          {kinds.map((kind, index) => (
            <td key={index} className={kind === null ? 'dim' : 'history-differs'}>
              {kind === null ? (
                'the same'
              ) : (
                <FileLink path={path} kind={kind} run={others[index]} against={data?.numbers.get(first?.revision ?? '')} />
              )}
            </td>
          ))}
        </tr>
      ))}
      {files.length > MOST_FILES ? <Line width={runs.length} text={`and ${formatCount(files.length - MOST_FILES)} more`} /> : null}
    </tbody>
  );
}

interface FileLinkProps {
  readonly path: string;
  readonly kind: string;
  readonly run: Runs[number] | undefined;
  /** Number of the first run's revision; undefined: it is of other test data, whose texts are not held against each other. */
  readonly against: number | undefined;
}

function FileLink({ path, kind, run, against }: FileLinkProps): ReactElement {
  if (run?.testDataId == null || against === undefined) return <>{kind}</>;
  return <Link href={addresses.changes(run.testDataId, { revision: run.revision, against, file: path })}>{kind}</Link>;
}

function Line({ width, text }: { readonly width: number; readonly text: string }): ReactElement {
  return (
    <tr>
      <td colSpan={width + 1} className="dim small">
        {text}
      </td>
    </tr>
  );
}

/** Numbers of revisions by hash, where all runs are of the same test data. */
async function numbersOf(runs: Runs, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const [id, ...others] = [...new Set(runs.map(({ testDataId }) => testDataId))];
  if (id == null || others.length > 0) return new Map();
  const { revisions } = await client.testData.get({ id }, { signal });
  return new Map(revisions.map(({ hash, number }) => [hash, number]));
}
