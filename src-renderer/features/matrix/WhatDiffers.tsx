import type { ReactElement } from 'react';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { SectionHead } from '../../kit/Page.tsx';
import { differencesFrom } from './model/differences.ts';

interface Props {
  readonly runId: string;
  /** Runs of the same plan and condition on other SUTs that passed. */
  readonly passed: readonly string[];
}

/** What a run that did not pass was given and none of those that passed had. */
export function WhatDiffers({ runId, passed }: Props): ReactElement {
  const { data, problem } = useCall((signal) => client.history.compare({ ids: [runId, ...passed] }, { signal }), [runId, passed]);
  const differences = data === null ? [] : differencesFrom(data.facts);
  return (
    <section aria-label="What differs">
      <SectionHead ruled title="What differs" about={`from ${formatAmount(passed.length, 'run')} beside it that passed`} />
      {problem === null ? null : <p className="cell-title dim small">{problem.message}</p>}
      {data !== null && differences.length === 0 ? (
        <p className="cell-title dim small">Nothing that is known but the SUT itself. Suspect the machine, or chance.</p>
      ) : null}
      <table className="cell-differs">
        <tbody>
          {differences.map(({ name, here, there }) => (
            <tr key={name}>
              <th scope="row" className="dim ellipsis" title={name}>
                {name}
              </th>
              <td className="strong ellipsis" title={here}>
                {here}
              </td>
              <td className="mid ellipsis" title={there}>
                {there}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
