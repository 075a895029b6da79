import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { RunSummary } from '../../../../src-shared/model/run.ts';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { client } from '../../../bridge/client.ts';
import { useCall } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { SectionHead } from '../../../kit/Page.tsx';
import { ErrorState, LoadingShape } from '../../../kit/States.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';

const SHOWN = 8;

/** What failed first, each a step from its keyword. */
export function PeekFailures({ run }: { readonly run: RunSummary }): ReactElement | null {
  const { failed } = run.counts;
  const { data, problem, again } = useCall(
    async (signal) => (failed === 0 ? null : client.record.failures({ id: run.id, limit: SHOWN }, { signal })),
    [run.id, failed],
  );
  if (failed === 0) return null;
  if (problem !== null) return <ErrorState problem={problem} onRetry={again} />;
  const failures = data?.failures ?? [];
  return (
    <section aria-label="Failed cases">
      <SectionHead
        ruled
        title="Failed cases"
        count={formatCount(failed)}
        about={failed > failures.length && data !== null ? `the first ${failures.length}` : undefined}
      />
      {data === null ? <LoadingShape rows={3} /> : null}
      <ul className="peek-failures">
        {failures.map(({ test, keyword, message }) => (
          <li key={test.id}>
            <VerdictIcon mark="failed" decorative />
            <div className="grow">
              <Link className="strong" href={`${addresses.run(run.id)}?item=${(keyword ?? test).id}`}>
                {test.name}
              </Link>
              <p className="mono mid two-lines">{(message ?? '').trim()}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
