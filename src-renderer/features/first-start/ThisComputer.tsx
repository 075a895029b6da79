import type { ReactElement } from 'react';
import type { DoctorCheck } from '../../../src-shared/model/doctor.ts';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { HealthIcon } from '../../kit/HealthIcon.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';

/** Doctor's findings in short: whether this computer is ready, and what is not. */
export function ThisComputer(): ReactElement {
  const { data, problem, loading, again } = useCall(checksOfComputer, []);
  const fine = data?.filter((check) => check.outcome === 'fine').length ?? 0;
  return (
    <section className="this-computer" aria-label="This computer">
      <div className="row">
        <h2>This computer</h2>
        <span className="dim small figures" role="status">
          {data === null ? (loading ? 'checking' : '') : `${fine} of ${data.length} checks passed`}
        </span>
        <span className="grow" />
        <Button small variant="quiet" href={addresses.doctor}>
          Open Doctor
        </Button>
      </div>
      {problem === null ? null : <ErrorState problem={problem} onRetry={again} />}
      <div className="checks">
        {(data ?? []).toSorted(worstFirst).map((check) => (
          <CheckLine key={check.id} check={check} />
        ))}
      </div>
    </section>
  );
}

/** Nothing is known yet of a lab or of what is kept. */
async function checksOfComputer(signal: AbortSignal): Promise<DoctorCheck[]> {
  return (await client.system.doctor(undefined, { signal })).filter(({ group }) => group === 'computer');
}

const RANK = { broken: 0, warning: 1, fine: 2 } as const;

function worstFirst(a: DoctorCheck, b: DoctorCheck): number {
  return RANK[a.outcome] - RANK[b.outcome] || a.number - b.number;
}

function CheckLine({ check }: { readonly check: DoctorCheck }): ReactElement {
  return (
    <div className="computer-check">
      {check.outcome === 'fine' ? (
        <VerdictIcon mark="passed" />
      ) : check.outcome === 'broken' ? (
        <VerdictIcon mark="failed" />
      ) : (
        <HealthIcon health="degraded" />
      )}
      <div className="grow">
        <div className="strong ellipsis">{check.title}</div>
        <div className={`dim small ${check.outcome === 'fine' ? 'ellipsis' : 'two-lines'}`} title={check.detail}>
          {check.outcome === 'fine' ? check.detail : (check.repair ?? check.detail)}
        </div>
      </div>
    </div>
  );
}
