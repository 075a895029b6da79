import type { ReactElement } from 'react';
import type { HubStatus } from '../../../src-shared/model/hub-link.ts';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import { client } from '../../bridge/client.ts';
import { useAction } from '../../bridge/use-call.ts';
import { Button } from '../../kit/Button.tsx';
import { ConfirmButton } from '../../kit/Confirm.tsx';
import { HealthIcon } from '../../kit/HealthIcon.tsx';
import { Facts, SectionHead } from '../../kit/Page.tsx';
import { ErrorState } from '../../kit/States.tsx';
import { When } from '../../kit/Times.tsx';
import { linkWords, type Enrolled } from './model/link-words.ts';

interface Props {
  readonly hub: Enrolled;
  readonly onChanged: (status: HubStatus) => void;
}

/** How it stands with the hub, and what its owner can do about it. */
export function LinkPanel({ hub, onChanged }: Props): ReactElement {
  const words = linkWords(hub);
  const deed = useAction(async (ask: () => Promise<HubStatus>) => onChanged(await ask()));
  const act = (ask: () => Promise<HubStatus>) => () => void deed.run(ask);
  const held = formatAmount(hub.remote, 'remote reservation');
  return (
    <section aria-label="Link">
      <SectionHead
        title={
          <span className="row">
            <HealthIcon health={words.health} decorative /> {words.title}
          </span>
        }
        actions={
          <>
            {hub.home === 'copied' ? (
              <Button small variant="primary" busy={deed.busy} onClick={act(() => client.hub.moved())}>
                It was moved
              </Button>
            ) : null}
            {hub.link === 'down' || hub.link === 'refused' ? (
              <Button small busy={deed.busy} onClick={act(() => client.hub.retry())}>
                Try now
              </Button>
            ) : null}
            <Button small busy={deed.busy} onClick={act(() => client.hub.pause({ paused: !hub.paused }))}>
              {hub.paused ? 'Share again' : 'Pause sharing'}
            </Button>
            {hub.runsAllowed ? (
              <Button small busy={deed.busy} onClick={act(() => client.hub.allowRuns({ allowed: false }))}>
                Forbid remote runs
              </Button>
            ) : (
              <ConfirmButton
                small
                title="Let remote people run suites here?"
                harm="Whoever holds a shared machine through the hub may then run their own suites on this computer, as your user. You see their runs in Runs and can stop each."
                verb="Let them"
                safe="Not now"
                onConfirm={act(() => client.hub.allowRuns({ allowed: true }))}
              >
                Allow remote runs
              </ConfirmButton>
            )}
            {hub.remote === 0 ? null : (
              <ConfirmButton
                small
                variant="danger"
                title="End all remote reservations?"
                harm={`${held} end now; their runs are stopped and their consoles closed.`}
                verb="End them"
                safe="Keep them"
                onConfirm={act(() => client.hub.endRemoteHolds())}
              >
                End remote reservations
              </ConfirmButton>
            )}
            <ConfirmButton
              small
              variant="danger"
              title={`Leave ${hub.hubName}?`}
              harm={`${hub.remote === 0 ? 'Nobody remote has anything now.' : `${held} end now.`} To come back needs a new code and approval.`}
              verb="Leave the hub"
              safe="Stay"
              onConfirm={act(() => client.hub.leave())}
            >
              Leave
            </ConfirmButton>
          </>
        }
      />
      <p className="mid hub-about">{words.about}</p>
      <Facts facts={factsOf(hub)} />
      {deed.problem === null ? null : <ErrorState problem={deed.problem} />}
    </section>
  );
}

function factsOf(hub: Enrolled): (readonly [string, ReactElement | string])[] {
  return [
    ['Address', <span className="mono">{hub.url}</span>],
    ['Last heard', hub.lastUpAt === null ? 'never yet' : <When at={hub.lastUpAt} />],
    ...(hub.nextTryAt === null ? [] : [['Next try', <When at={hub.nextTryAt} />] as const]),
    ['To be told', hub.queue === 0 ? 'nothing, the hub knows everything' : formatAmount(hub.queue, 'fact')],
    ['Held remotely', hub.remote === 0 ? 'nothing' : formatAmount(hub.remote, 'reservation')],
    ['New wishes', hub.paused ? 'none are granted: sharing is paused' : 'decided here as they come'],
    ['Remote runs', hub.runsAllowed ? 'allowed: who holds a shared machine may run suites on this computer' : 'refused'],
    ['Key', <span className="mono">{hub.fingerprint}</span>],
  ];
}
