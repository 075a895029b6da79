import { Play } from 'lucide-react';
import type { ReactElement } from 'react';
import { Redirect } from 'wouter';
import { client } from '../../bridge/client.ts';
import { useCall } from '../../bridge/use-call.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { formatLongDay } from '../../kit/format.ts';
import { PageHead } from '../../kit/Page.tsx';
import { useNow } from '../../kit/use-now.ts';
import { useFirstStart } from '../../state/first-start.ts';
import { useCrumbs } from '../../state/page.ts';
import { useRuns } from '../../state/runs.ts';
import { CameOut } from './CameOut.tsx';
import { MyMachines } from './MyMachines.tsx';
import { MyReservations } from './MyReservations.tsx';
import { NeedsYou } from './NeedsYou.tsx';
import { Running } from './Running.tsx';
import './today.css';
import { Waiting } from './Waiting.tsx';

const RECENT = 20;

/** A harness with nothing in it shows how to begin instead of an empty day. */
export function TodayPage(): ReactElement {
  return useFirstStart() === true ? <Redirect to={addresses.start} replace /> : <Day />;
}

function Day(): ReactElement {
  const settled = useRuns((state) => state.settled);
  const recent = useCall((signal) => client.runs.list({ states: ['ended'], limit: RECENT }, { signal }), [settled]);
  useCrumbs([{ label: 'Today' }]);
  return (
    <>
      <PageHead
        title="Today"
        about={<DayName />}
        actions={
          <Button variant="primary" icon={<Play />} keys="n" href={addresses.newRun()}>
            New run
          </Button>
        }
      />
      <div className="split ruled today">
        <div className="pane grow today-main">
          <Running />
          <Waiting />
          <CameOut recent={recent} />
        </div>
        <div className="pane today-side">
          <NeedsYou rows={recent.data?.rows ?? null} />
          <MyMachines />
          <MyReservations />
        </div>
      </div>
    </>
  );
}

function DayName(): ReactElement {
  return <>{formatLongDay(useNow('minute'))}</>;
}
