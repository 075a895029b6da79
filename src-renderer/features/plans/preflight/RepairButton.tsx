import { useState, type ReactElement } from 'react';
import type { Repair } from '../../../../src-shared/model/preflight.ts';
import { useAction } from '../../../bridge/use-call.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { LocalRepair } from './LocalRepair.tsx';
import { performRepair, type Repairs } from './repairs.ts';

interface Props {
  readonly repair: Repair;
  readonly repairs: Repairs;
}

/** Does what repairs a reason, and has everything looked at again. */
export function RepairButton({ repair, repairs }: Props): ReactElement | null {
  const { change, planId, testDataId } = repairs;
  switch (repair.action) {
    case 'addLibrary':
      return <Deed verb={`Add ${repair.requirement}`} repair={repair} repairs={repairs} />;
    case 'attachLibrary':
      return <Deed verb={`Use ${repair.name}`} repair={repair} repairs={repairs} />;
    case 'reserve':
      return <Deed verb={`Reserve ${repair.sut}`} repair={repair} repairs={repairs} />;
    case 'chooseOtherSut':
      return (
        <Button small onClick={() => repairs.onSuts(repairs.suts.filter((name) => name !== repair.sut))}>
          Leave out {repair.sut}
        </Button>
      );
    case 'chooseSuts':
      return (
        <Button small onClick={chooseSuts}>
          Choose SUTs
        </Button>
      );
    case 'openFile':
      return <Leads verb="Show" href={fileAddress(testDataId, repair.path, repair.line)} />;
    case 'openCondition':
      return <Leads verb="Open the condition" href={addresses.condition(repair.conditionId)} />;
    case 'defineVariable':
      return repairs.onVariable === null ? null : (
        <Button small onClick={() => repairs.onVariable?.(repair.name)}>
          Give it a value
        </Button>
      );
    case 'waitForRun':
      return <Leads verb="Open that run" href={addresses.run(repair.runId)} />;
    case 'openSut':
      return <Leads verb={`Open ${repair.sut}`} href={addresses.sut(repair.sutId)} />;
    case 'openImages':
      return <Leads verb="Open the images" href={addresses.images} />;
    case 'openDoctor':
      return <Leads verb="Open Doctor" href={addresses.doctor} />;
    case 'freeDisk':
      return <Leads verb="Open Doctor" href={addresses.doctor} />;
    default:
      if (change !== null) return <LocalRepair place={PLACES[repair.action]} change={change} />;
      return planId === null ? null : <Leads verb="Edit the plan" href={addresses.editPlan(planId)} />;
  }
}

const PLACES = {
  chooseCondition: 'condition',
  changeSelection: 'selection',
  chooseRevision: 'revision',
  changeOptions: 'robotOptions',
  changeProvisioning: 'provisioning',
} as const;

function fileAddress(testDataId: string, path: string, line: number | null): string {
  const search = new URLSearchParams({ at: path, ...(line === null ? {} : { line: String(line) }) });
  return `${addresses.oneTestData(testDataId)}?${search.toString()}`;
}

/** The choice of machines opens where it stands. */
function chooseSuts(): void {
  const button = document.querySelector<HTMLButtonElement>('button[aria-label="Add SUTs"]');
  button?.scrollIntoView({ block: 'nearest' });
  button?.click();
}

function Leads({ verb, href }: { readonly verb: string; readonly href: string }): ReactElement {
  return (
    <Button small href={href}>
      {verb}
    </Button>
  );
}

interface DeedProps extends Props {
  readonly verb: string;
}

function Deed({ verb, repair, repairs }: DeedProps): ReactElement {
  const [said, setSaid] = useState<string | null>(null);
  const deed = useAction(async () => {
    try {
      await performRepair(repair, repairs, setSaid);
      repairs.again();
    } finally {
      setSaid(null);
    }
  });
  return (
    <span className="column repair">
      <Button small busy={deed.busy} onClick={() => void deed.run()}>
        {verb}
      </Button>
      {said === null ? null : <span className="dim tiny ellipsis">{said}</span>}
      {deed.problem === null ? null : (
        <span className="mark-failed tiny" role="alert">
          {[deed.problem.message, ...deed.problem.details].join(' ')}
        </span>
      )}
    </span>
  );
}
