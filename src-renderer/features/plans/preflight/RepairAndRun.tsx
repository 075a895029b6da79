import { Wrench } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { Button } from '../../../kit/Button.tsx';
import { performRepair, repairsWithoutChoice, type Repairs } from './repairs.ts';
import type { Check } from './use-preflight.ts';

interface Props {
  readonly check: Check;
  readonly repairs: Repairs;
  readonly onRun: () => void;
}

/** Everything that can be repaired without a choice, one after the other, and then the run; absent when there is nothing of that kind. */
export function RepairAndRun({ check, repairs, onRun }: Props): ReactElement | null {
  const [said, setSaid] = useState<string | null>(null);
  const list = repairsWithoutChoice(check.preflight?.reasons ?? []);
  const all = useAction(async () => {
    try {
      for (const repair of list) await performRepair(repair, repairs, setSaid);
      onRun();
    } finally {
      setSaid(null);
      repairs.again();
    }
  });
  if (list.length === 0 && !all.busy && all.problem === null) return null;
  return (
    <>
      <Button icon={<Wrench />} busy={all.busy} onClick={() => void all.run()}>
        Repair {list.length > 1 ? `${formatCount(list.length)} ` : ''}and run
      </Button>
      {said === null ? null : <span className="dim small ellipsis">{said}</span>}
      {all.problem === null ? null : (
        <span className="mark-failed small ellipsis" role="alert" title={all.problem.details.join('\n')}>
          {all.problem.message}
        </span>
      )}
    </>
  );
}
