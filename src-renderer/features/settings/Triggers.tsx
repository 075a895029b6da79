import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { Trigger, TriggerChange } from '../../../src-shared/model/trigger.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { formatStart } from '../../kit/format.ts';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';
import { SectionTitle } from './General.tsx';
import { NewTrigger } from './NewTrigger.tsx';
import { Setting } from './Setting.tsx';

/** Plans that requests from elsewhere start: where to, and what came. */
export function Triggers(): ReactElement {
  const asked = useCall((signal) => client.triggers.list(undefined, { signal }), []);
  const [changed, setChanged] = useState<Trigger[] | null>(null);
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null);
  const triggers = changed ?? asked.data;
  const take = ({ triggers: all, id, secret }: TriggerChange): void => {
    setChanged(all);
    if (secret !== null) setMade({ id, secret });
  };
  return (
    <>
      <SectionTitle title="Triggers" />
      <div className="setting-list">
        {triggers === null && asked.problem === null ? <LoadingShape rows={3} /> : null}
        {triggers === null && asked.problem !== null ? <ErrorState problem={asked.problem} onRetry={asked.again} /> : null}
        {triggers?.length === 0 ? (
          <div className="page-body">
            <EmptyState title="No trigger yet" why="A trigger lets a build server or a repository start a plan by a request." />
          </div>
        ) : null}
        {(triggers ?? []).map((trigger) => (
          <OneTrigger
            key={trigger.id}
            trigger={trigger}
            secret={made?.id === trigger.id ? made.secret : null}
            onChanged={take}
            onRemoved={setChanged}
          />
        ))}
        <NewTrigger onChanged={take} />
      </div>
    </>
  );
}

interface OneTriggerProps {
  readonly trigger: Trigger;
  /** Just made; null: it was shown before. */
  readonly secret: string | null;
  readonly onChanged: (change: TriggerChange) => void;
  readonly onRemoved: (triggers: Trigger[]) => void;
}

function OneTrigger({ trigger, secret, onChanged, onRemoved }: OneTriggerProps): ReactElement {
  const now = useNow('minute');
  const { id, name, planId, planName, conditionId, suts, proof, conditions, variables, enabled, by, address, strangerAt, deliveries } =
    trigger;
  const content = { name, planId, conditionId, suts, proof, conditions, variables };
  const save = useAction(async () => onChanged(await client.triggers.save({ id, content: { ...content, enabled: !enabled } })));
  const rotate = useAction(async () => onChanged(await client.triggers.rotate({ id })));
  const remove = useAction(async () => onRemoved(await client.triggers.remove({ id })));
  const failed = save.problem ?? rotate.problem ?? remove.problem;
  const allowed = [...conditions, ...variables];
  return (
    <Setting
      title={name}
      about={
        <>
          Plan {planName ?? 'that is gone'}
          {suts.length === 0 ? '' : `, on ${suts.join(', ')}`}, started as {by}.{' '}
          {proof === 'token' ? 'The request brings the secret.' : 'The request is signed with the secret.'}{' '}
          {allowed.length === 0 ? '' : `It may say ${allowed.join(', ')}.`}
        </>
      }
    >
      <span className="mono small">POST {address}</span>
      {secret === null ? null : (
        <span className="small" role="status">
          Its secret, shown only now: <span className="mono">{secret}</span>
        </span>
      )}
      {enabled ? null : <span>Off</span>}
      {strangerAt === null ? null : (
        <span className="mark-failed small">A request without the right secret came {formatStart(strangerAt, now)}</span>
      )}
      {deliveries.slice(0, 3).map((delivery) => (
        <OneDelivery key={delivery.id} delivery={delivery} now={now} />
      ))}
      <span className="row tight">
        <Button small busy={rotate.busy} onClick={() => void rotate.run()}>
          New secret
        </Button>
        <Button small variant="quiet" busy={save.busy} onClick={() => void save.run()}>
          {enabled ? 'Switch off' : 'Switch on'}
        </Button>
        <Button small variant="quiet" busy={remove.busy} onClick={() => void remove.run()}>
          Remove
        </Button>
      </span>
      {failed === null ? null : <ErrorState problem={failed} />}
    </Setting>
  );
}

function OneDelivery({ delivery, now }: { readonly delivery: Trigger['deliveries'][number]; readonly now: number }): ReactElement {
  const { key, lastAt, times, runId, problem } = delivery;
  return (
    <span className="small">
      <span className="dim">
        {formatStart(lastAt, now)} {key ?? ''} {times === 1 ? '' : `${times} times`}
      </span>{' '}
      {runId === null ? null : <Link href={addresses.run(runId)}>its run</Link>}
      {problem === null ? null : <span className="mark-failed">{problem}</span>}
    </span>
  );
}
