import { useState, type ReactElement } from 'react';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import type { HubHarness } from '../../../src-shared/model/hub-directory.ts';
import type { EnrolmentEvent } from '../../../src-shared/protocol/link-states.ts';
import { hub } from '../../bridge/hub-client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { HealthIcon } from '../../kit/HealthIcon.tsx';
import { PageHead } from '../../kit/Page.tsx';
import { EmptyState, ErrorState, LoadingShape, Note } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { useHubInfo } from '../hub-info.ts';
import { useFresh } from '../use-fresh.ts';
import { healthOf, LabState } from './LabLines.tsx';

/** The labs, and for administrators who may join. */
export function Harnesses(): ReactElement {
  const manages = useHubInfo().me.role !== 'tester';
  const labs = useFresh(() => hub.harnesses.list(), []);
  const [code, setCode] = useState<{ code: string; expiresAt: number } | null>(null);
  const invite = useAction(async () => setCode(await hub.harnesses.invite()));
  const add = (
    <Button variant="primary" busy={invite.busy} onClick={() => void invite.run()}>
      Let a harness in
    </Button>
  );
  return (
    <>
      <PageHead title="Harnesses" about={labs.data?.length} actions={manages ? add : undefined} />
      <div className="hub-main">
        {code === null ? null : (
          <div className="hub-body">
            <Note>
              <div>
                On the harness open Hub, give the address <span className="mono hub-secret">{window.location.origin}</span> and this code,
                good once until <When at={code.expiresAt} />:
              </div>
              <div className="mono strong hub-secret">{code.code}</div>
            </Note>
          </div>
        )}
        {invite.problem === null ? null : <ErrorState problem={invite.problem} />}
        {labs.problem === null ? null : <ErrorState problem={labs.problem} onRetry={labs.again} />}
        {labs.data === null && labs.problem === null ? <LoadingShape /> : null}
        {labs.data?.length === 0 ? (
          <EmptyState title="No lab has joined" why={manages ? 'Make a code, and type it on the harness.' : 'An operator lets labs in.'} />
        ) : null}
        <ul className="hub-lines">
          {labs.data?.map((lab) => (
            <Lab key={lab.id} lab={lab} manages={manages} onChanged={labs.again} />
          ))}
        </ul>
      </div>
    </>
  );
}

interface LabProps {
  readonly lab: HubHarness;
  readonly manages: boolean;
  readonly onChanged: () => void;
}

function Lab({ lab, manages, onChanged }: LabProps): ReactElement {
  const decide = useAction(async (decision: EnrolmentEvent) => {
    await hub.harnesses.decide({ id: lab.id, decision });
    onChanged();
  });
  return (
    <li>
      <HealthIcon health={healthOf(lab)} decorative />
      <span className="strong">{lab.name}</span>
      <LabState lab={lab} />
      <span className="grow" />
      <span className="mid figures">
        {formatAmount(lab.suts, 'SUT')}, {lab.free} free
        {lab.waitingMail === 0 ? '' : `, ${formatAmount(lab.waitingMail, 'wish', 'wishes')} to send`}
      </span>
      <span className="dim small">{lab.appVersion}</span>
      {manages ? <Decisions lab={lab} busy={decide.busy} onDecide={(decision) => void decide.run(decision)} /> : null}
      {decide.problem === null ? null : (
        <span className="wide small mark-failed" role="alert">
          {decide.problem.message}
        </span>
      )}
    </li>
  );
}

interface DecisionProps {
  readonly lab: HubHarness;
  readonly busy: boolean;
  readonly onDecide: (decision: EnrolmentEvent) => void;
}

function Decisions({ lab, busy, onDecide }: DecisionProps): ReactElement | null {
  if (lab.state === 'presented') {
    return (
      <span className="row tight">
        <Button small busy={busy} onClick={() => onDecide('approved')}>
          Approve
        </Button>
        <Button small variant="quiet" busy={busy} onClick={() => onDecide('refused')}>
          Refuse
        </Button>
      </span>
    );
  }
  if (lab.state !== 'approved') return null;
  return (
    <ConfirmButton
      small
      variant="quiet"
      busy={busy}
      title={`Revoke ${lab.name}?`}
      harm="Its connection ends now, and what remote people have there is freed. To come again it needs a new code."
      verb={`Revoke ${lab.name}`}
      safe="Keep it"
      onConfirm={() => onDecide('revoked')}
    >
      Revoke
    </ConfirmButton>
  );
}
