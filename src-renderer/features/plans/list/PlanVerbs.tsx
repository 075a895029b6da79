import { ChartNoAxesColumn, Copy, Pencil, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import type { TestPlan } from '../../../../src-shared/model/plan.ts';
import { client } from '../../../bridge/client.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { ConfirmButton } from '../../../kit/Confirm.tsx';

interface Props {
  readonly plan: TestPlan;
  readonly onRemoved: () => void;
}

export function PlanVerbs({ plan: { id, name, runCount }, onRemoved }: Props): ReactElement {
  const [, go] = useLocation();
  const copy = useAction(async () => go(addresses.plan((await client.plans.copy({ id })).id)));
  const remove = useAction(async () => {
    await client.plans.remove({ id });
    onRemoved();
  });
  const problem = copy.problem ?? remove.problem;
  return (
    <>
      <Button small icon={<Pencil />} href={addresses.editPlan(id)}>
        Edit
      </Button>
      <Button small variant="quiet" icon={<ChartNoAxesColumn />} label={`History of ${name}`} href={addresses.historyOf('plan', name)} />
      <Button small variant="quiet" icon={<Copy />} label={`Copy ${name}`} busy={copy.busy} onClick={() => void copy.run()} />
      <ConfirmButton
        small
        variant="quiet"
        icon={<Trash2 />}
        label={`Remove ${name}`}
        busy={remove.busy}
        title={`Remove ${name}?`}
        harm={runCount === 0 ? 'Nothing was run from it yet.' : 'Its runs stay, with what the plan said then.'}
        verb={`Remove ${name}`}
        safe="Keep it"
        onConfirm={() => void remove.run()}
      />
      {problem === null ? null : (
        <span className="mark-failed small" role="alert">
          {problem.message}
        </span>
      )}
    </>
  );
}
