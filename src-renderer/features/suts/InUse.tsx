import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Sut } from '../../../src-shared/model/sut.ts';
import { addresses } from '../../kit/addresses.ts';
import { markOfRun } from '../../kit/marks.ts';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { useRuns } from '../../state/runs.ts';

/** The run that has it, with how that run stands. */
export function InUse({ inUse }: { readonly inUse: NonNullable<Sut['inUse']> }): ReactElement {
  const run = useRuns((state) => state.active.get(inUse.runId));
  return (
    <Link href={addresses.run(inUse.runId)} className="row in-use" onClick={(event) => event.stopPropagation()}>
      <VerdictIcon mark={run === undefined ? 'running' : markOfRun(run)} />
      <span className="ellipsis">{inUse.runName}</span>
    </Link>
  );
}
