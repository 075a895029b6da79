import { useState, type ReactElement } from 'react';
import type { HubStatus } from '../../../src-shared/model/hub-link.ts';
import { client } from '../../bridge/client.ts';
import { useFeed } from '../../bridge/use-feed.ts';
import { PageHead } from '../../kit/Page.tsx';
import { LoadingShape } from '../../kit/States.tsx';
import { useCrumbs } from '../../state/page.ts';
import { BringLimitsForm } from './BringLimitsForm.tsx';
import { ConsolePolicy } from './ConsolePolicy.tsx';
import { Connect } from './Connect.tsx';
import './hub.css';
import { LinkPanel } from './LinkPanel.tsx';
import { SharedMachines } from './SharedMachines.tsx';

/** This harness at its hub: the way there, the state of the link, and what is shared. */
export default function HubPage(): ReactElement {
  const [status, setStatus] = useState<HubStatus | null>(null);
  useCrumbs([{ label: 'Hub' }]);
  useFeed<HubStatus>(
    { open: (signal) => client.hub.watch(undefined, { signal }), apply: (items) => setStatus((before) => items.at(-1) ?? before) },
    [],
  );
  const enrolled = status?.hub ?? null;
  return (
    <div className="pane hub-page">
      <PageHead title="Hub" about={enrolled === null ? undefined : enrolled.hubName} />
      {status === null ? (
        <LoadingShape />
      ) : (
        <div className="hub-parts">
          {enrolled === null ? <Connect onChanged={setStatus} /> : <LinkPanel hub={enrolled} onChanged={setStatus} />}
          {enrolled?.runsAllowed === true ? (
            <BringLimitsForm key={JSON.stringify(enrolled.bring)} limits={enrolled.bring} onChanged={setStatus} />
          ) : null}
          {enrolled === null ? null : <ConsolePolicy allowed={enrolled.consoles} onChanged={setStatus} />}
          <SharedMachines status={status} onChanged={setStatus} />
        </div>
      )}
    </div>
  );
}
