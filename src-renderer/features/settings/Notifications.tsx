import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { Channel, Delivery } from '../../../src-shared/model/notification.ts';
import { client } from '../../bridge/client.ts';
import { useAction, useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { formatStart } from '../../kit/format.ts';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';
import { SectionTitle } from './General.tsx';
import { NewNotification } from './NewNotification.tsx';
import { Setting } from './Setting.tsx';
import { TOLD_OF } from './told-of.ts';

/** Who is told of runs that have ended, and how the last messages went. */
export function Notifications(): ReactElement {
  const asked = useCall((signal) => client.notifications.list(undefined, { signal }), []);
  const [changed, setChanged] = useState<Channel[] | null>(null);
  const channels = changed ?? asked.data;
  return (
    <>
      <SectionTitle title="Notifications" />
      <div className="setting-list">
        {channels === null && asked.problem === null ? <LoadingShape rows={3} /> : null}
        {channels === null && asked.problem !== null ? <ErrorState problem={asked.problem} onRetry={asked.again} /> : null}
        {channels?.length === 0 ? (
          <div className="page-body">
            <EmptyState title="Nobody is told yet" why="A webhook or a chat can hear of runs that failed, got worse or were fixed." />
          </div>
        ) : null}
        {(channels ?? []).map((channel) => (
          <OneChannel key={channel.id} channel={channel} onChanged={setChanged} />
        ))}
        <NewNotification onChanged={setChanged} />
      </div>
    </>
  );
}

type OnChanged = (channels: Channel[]) => void;

function OneChannel({ channel, onChanged }: { readonly channel: Channel; readonly onChanged: OnChanged }): ReactElement {
  const { id, name, kind, host, of, planId, planName, signed, mail, enabled, deliveries } = channel;
  const [arrived, setArrived] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = useAction(async () =>
    onChanged(await client.notifications.save({ id, content: { name, kind, of, planId, mail, enabled: !enabled } })),
  );
  const remove = useAction(async () => onChanged(await client.notifications.remove({ id })));
  const trial = useAction(async () => {
    setArrived(false);
    const { problem } = await client.notifications.test({ id });
    setProblem(problem);
    setArrived(problem === null);
  });
  const failed = save.problem ?? remove.problem ?? trial.problem;
  return (
    <Setting
      title={name}
      about={
        <>
          {mail === null ? (kind === 'chat' ? 'Chat' : signed ? 'Webhook, signed' : 'Webhook') : `Mail for ${mail.to.join(', ')}`} at{' '}
          <span className="mono">{host}</span>, {planId === null ? 'all runs' : `plan ${planName ?? 'that is gone'}`}
        </>
      }
    >
      <span>{enabled ? `Of a run that ${of.map((why) => TOLD_OF[why]).join(', or ')}` : 'Off'}</span>
      {deliveries.slice(0, 3).map((delivery) => (
        <OneDelivery key={delivery.id} delivery={delivery} />
      ))}
      <span className="row tight">
        <Button small busy={trial.busy} onClick={() => void trial.run()}>
          Send a trial
        </Button>
        <Button small variant="quiet" busy={save.busy} onClick={() => void save.run()}>
          {enabled ? 'Switch off' : 'Switch on'}
        </Button>
        <Button small variant="quiet" busy={remove.busy} onClick={() => void remove.run()}>
          Remove
        </Button>
      </span>
      {arrived ? (
        <span className="small dim" role="status">
          The trial has arrived.
        </span>
      ) : null}
      {problem === null ? null : (
        <span className="mark-failed small" role="alert">
          {problem}
        </span>
      )}
      {failed === null ? null : <ErrorState problem={failed} />}
    </Setting>
  );
}

const STATES: Readonly<Record<Delivery['state'], string>> = { waiting: 'not yet', delivered: 'told', givenUp: 'given up' };

function OneDelivery({ delivery }: { readonly delivery: Delivery }): ReactElement {
  const now = useNow('minute');
  const { runId, runName, state, lastAt, problem } = delivery;
  return (
    <span className="small">
      <Link href={addresses.run(runId)}>{runName}</Link>{' '}
      <span className="dim">
        {STATES[state]}
        {lastAt === null ? '' : ` ${formatStart(lastAt, now)}`}
      </span>
      {problem === null ? null : <span className="mark-failed"> {problem}</span>}
    </span>
  );
}
