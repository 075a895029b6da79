import { useState, type ReactElement } from 'react';
import { hub } from '../../bridge/hub-client.ts';
import { PageHead } from '../../kit/Page.tsx';
import { Segments } from '../../kit/Segments.tsx';
import { EmptyState, ErrorState, LoadingShape } from '../../kit/States.tsx';
import { useHubInfo } from '../hub-info.ts';
import { useFresh } from '../use-fresh.ts';
import { ReservationLines } from './ReservationLines.tsx';

const CHOICES = [
  { value: 'mine', label: 'Mine' },
  { value: 'all', label: "Everybody's" },
  { value: 'over', label: 'Mine, with what is over' },
] as const;

/** Who asked for what, and what became of it. */
export function Reservations(): ReactElement {
  const { me } = useHubInfo();
  const [choice, setChoice] = useState<(typeof CHOICES)[number]['value']>('mine');
  const found = useFresh(() => hub.reservations.list({ everybody: choice === 'all', over: choice === 'over' }), [choice]);
  return (
    <>
      <PageHead title="Reservations" about={found.data?.length}>
        <Segments label="Which" segments={CHOICES} value={choice} onChange={setChoice} />
      </PageHead>
      <div className="hub-main">
        {found.problem === null ? null : <ErrorState problem={found.problem} onRetry={found.again} />}
        {found.data === null && found.problem === null ? <LoadingShape /> : null}
        {found.data?.length === 0 ? <EmptyState title="Nothing is reserved" why="Choose a machine on the page SUTs." /> : null}
        <ReservationLines reservations={found.data ?? []} me={me.login} onChanged={found.again} />
      </div>
    </>
  );
}
