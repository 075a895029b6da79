import type { ReactElement } from 'react';
import { useParams } from 'wouter';
import type { HubRun } from '../../../src-shared/model/hub-runs.ts';
import { hub } from '../../bridge/hub-client.ts';
import RunPage from '../../features/run/RunPage.tsx';
import { formatWhen } from '../../kit/format.ts';
import { Note } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';
import { useHubInfo } from '../hub-info.ts';
import { useFresh } from '../use-fresh.ts';
import { ConsoleLinks } from './ConsoleLinks.tsx';

/** The run page of a harness, fed with the hub's copy, and above it what only a hub knows: how old that copy is. */
export function OneRun(): ReactElement {
  const { id = '' } = useParams<{ id: string }>();
  const { data } = useFresh(() => hub.runs.get({ id }), [id]);
  const { me } = useHubInfo();
  const now = useNow('minute');
  const text = data === null ? null : standing(data, now);
  return (
    <>
      {text === null ? null : (
        <div className="run-state hub-standing" role="status">
          <Note>{text}</Note>
        </div>
      )}
      {data !== null && data.person === me.login && data.state !== 'ended' ? <ConsolesOfRun {...data} /> : null}
      <RunPage />
    </>
  );
}

/** The consoles of its machines, where the lab shows them. */
function ConsolesOfRun({ suts, harnessId }: HubRun): ReactElement | null {
  const { data } = useFresh(() => hub.reservations.list({}), []);
  const held = data?.find((one) => one.state === 'active' && one.harnessId === harnessId && suts.every((name) => one.suts.includes(name)));
  if (held === undefined || held.consoles === 'nothing') return null;
  return (
    <div className="row hub-standing hub-body">
      <ConsoleLinks {...held} suts={suts} />
    </div>
  );
}

/** Null: nothing but what the run page says itself. */
function standing({ told, state, publishedAt, lab, heardAt, harness, stopAskedAt }: HubRun, now: number): string | null {
  if (publishedAt !== null || told === 'refused') return null;
  const since = heardAt === null ? 'it was never heard' : formatWhen(heardAt, now);
  if (lab === 'removed') return `${harness} was removed from the hub. What it told until then is kept.`;
  if (lab === 'doubt') return `The identity of ${harness} is in doubt since ${since}. What it told until then is shown.`;
  if (lab === 'down' && told === null) return `Asked. ${harness} is offline since ${since}; it is told when it is back.`;
  if (lab === 'down' && state === 'ended') return `Ended. The rest of the report comes when ${harness} is back (offline since ${since}).`;
  if (lab === 'down') return `No news since ${since}; the run goes on at ${harness}.`;
  if (state === 'ended') return `Ended at ${harness}; report and record are on their way.`;
  if (stopAskedAt !== null) return `Stop asked ${formatWhen(stopAskedAt, now)}.`;
  return told === 'fetching' ? `${harness} fetches what it needs and checks it.` : null;
}
