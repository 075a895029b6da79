import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { MergedTest } from '../../../../src-shared/contract/harness/record.ts';
import type { Run } from '../../../../src-shared/model/run.ts';
import { formatAmount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { markOfItem } from '../../../kit/marks.ts';
import { SectionHead } from '../../../kit/Page.tsx';
import { ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';

const SHOWN = 200;

/** The run and the reruns of its failures as one: the newest outcome of each test counts, the earlier ones stay visible. */
export function Merged({ run }: { readonly run: Run }): ReactElement {
  const { data, problem, again } = useCall(
    (signal) => client.record.merged({ id: run.id }, { signal }),
    [run.id, run.reruns.length, run.state],
  );
  if (problem !== null) return <ErrorState problem={problem} onRetry={again} />;
  if (data === null) return <LoadingShape rows={3} />;
  const passed = data.filter(({ status }) => status === 'passed').length;
  const changed = data.filter(({ outcomes }) => new Set(outcomes.map(({ status }) => status)).size > 1);
  const failing = data.filter(({ status, outcomes }) => status === 'failed' && !changed.some((test) => test.outcomes === outcomes));
  return (
    <section aria-label="Merged with reruns">
      <SectionHead
        ruled
        title="With reruns"
        count={`${passed} of ${data.length} passed`}
        about={`${formatAmount(changed.length, 'test')} changed by a rerun`}
      />
      <ul className="merged">
        {[...changed, ...failing].slice(0, SHOWN).map((test) => (
          <MergedLine key={test.longName} test={test} />
        ))}
      </ul>
    </section>
  );
}

function MergedLine({ test }: { readonly test: MergedTest }): ReactElement {
  return (
    <li>
      <span className="row tight">
        {test.outcomes.map(({ runId, status }) => (
          <Link key={runId} href={addresses.run(runId)} aria-label={`Run with outcome ${status}`}>
            <VerdictIcon mark={markOfItem(status)} />
          </Link>
        ))}
      </span>
      <Link className="ellipsis" href={`${addresses.run(test.runId)}?item=${test.item}`} title={test.longName}>
        {test.name}
      </Link>
      <span className="dim small ellipsis grow">{test.status === 'passed' ? '' : (test.message ?? '').split('\n', 1)[0]}</span>
    </li>
  );
}
