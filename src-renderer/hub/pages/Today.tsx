import { useState, type ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import type { HubSut } from '../../../src-shared/model/hub-directory.ts';
import { hub } from '../../bridge/hub-client.ts';
import { formatLongDay } from '../../kit/format.ts';
import { addresses } from '../../kit/addresses.ts';
import { PageHead, SectionHead } from '../../kit/Page.tsx';
import { PlainTable } from '../../kit/PlainTable.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useNow } from '../../kit/use-now.ts';
import { useHubInfo } from '../hub-info.ts';
import { useFresh } from '../use-fresh.ts';
import { LabLines } from './LabLines.tsx';
import { machineColumns } from './machine-columns.tsx';
import { runColumns } from './run-columns.tsx';
import { ReservationLines } from './ReservationLines.tsx';
import { ReserveForm } from './ReserveForm.tsx';

const MOST = 30;
const RECENT = 8;
const keyOf = (sut: HubSut): string => `${sut.harnessId} ${sut.id}`;

/** What may I use now, what runs, what came out, what do I have, which labs are there. */
export function Today(): ReactElement {
  const now = useNow('minute');
  const { me } = useHubInfo();
  const mine = useFresh(() => hub.reservations.list({}), []);
  const labs = useFresh(() => hub.harnesses.list(), []);
  const joined = labs.data?.filter(({ state }) => state === 'approved') ?? [];
  return (
    <>
      <PageHead title="Today" about={formatLongDay(now)} />
      <div className="split ruled hub-split">
        <div className="pane grow hub-main">
          <RecentRuns />
          <FreeNow onAsked={mine.again} />
        </div>
        <div className="hub-side">
          <SectionHead title="My reservations" count={mine.data?.length} />
          {mine.problem === null ? null : <ErrorState problem={mine.problem} onRetry={mine.again} />}
          {mine.data?.length === 0 ? <EmptyState title="You have no machine" why="Choose a free one on the left." /> : null}
          <ReservationLines reservations={mine.data ?? []} me={me.login} onChanged={mine.again} />
          <SectionHead title="Harnesses" count={joined.length} ruled />
          {labs.data !== null && joined.length === 0 ? (
            <EmptyState title="No lab has joined" why={<AddLab manages={me.role !== 'tester'} />} />
          ) : null}
          <LabLines labs={joined} />
        </div>
      </div>
    </>
  );
}

function AddLab({ manages }: { readonly manages: boolean }): ReactElement {
  return manages ? <Link href="/harnesses">Make a code that lets one in</Link> : <>An operator lets labs in.</>;
}

/** What goes on of mine, and what came out. Nothing is said where nobody has run anything yet. */
function RecentRuns(): ReactElement | null {
  const [, go] = useLocation();
  const found = useFresh(() => hub.runs.list({ mine: true, limit: RECENT }), []);
  if (found.problem !== null) return <ErrorState problem={found.problem} onRetry={found.again} />;
  if (found.data === null || found.data.length === 0) return null;
  return (
    <>
      <SectionHead title="My runs" about="The newest" actions={<Link href={addresses.runs}>All runs</Link>} />
      <PlainTable
        label="My runs"
        columns={runColumns}
        rows={found.data}
        keyOf={({ id }) => id}
        onOpen={({ id }) => go(addresses.run(id))}
      />
    </>
  );
}

function FreeNow({ onAsked }: { readonly onAsked: () => void }): ReactElement {
  const [chosen, setChosen] = useState<HubSut | null>(null);
  const free = useFresh(() => hub.directory.list({ free: true, limit: MOST }), []);
  const asked = (): void => {
    onAsked();
    free.again();
    setChosen(null);
  };
  if (free.data === null) return free.problem === null ? <LoadingShape /> : <ErrorState problem={free.problem} onRetry={free.again} />;
  return (
    <>
      <SectionHead title="Free now" count={free.data.all} about={chosen === null ? 'Choose one to reserve it' : undefined} />
      {free.data.all === 0 ? (
        <EmptyState title="Nothing is free now" why={<Link href="/suts">See who has what, and ask for later</Link>} />
      ) : (
        <PlainTable
          label="Free machines"
          columns={machineColumns}
          rows={free.data.rows}
          keyOf={keyOf}
          onOpen={setChosen}
          opened={chosen === null ? null : keyOf(chosen)}
        />
      )}
      {chosen === null ? null : <ReserveForm key={keyOf(chosen)} sut={chosen} onAsked={asked} onClose={() => setChosen(null)} />}
    </>
  );
}
