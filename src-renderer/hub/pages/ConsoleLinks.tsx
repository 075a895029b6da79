import { SquareTerminal } from 'lucide-react';
import type { ReactElement } from 'react';
import type { HubReservation } from '../../../src-shared/model/hub-directory.ts';
import { Button } from '../../kit/Button.tsx';

/** To the console of each machine that one holds, where its lab shows them. */
export function ConsoleLinks({ suts, harnessId, consoles }: Pick<HubReservation, 'suts' | 'harnessId' | 'consoles'>): ReactElement | null {
  if (consoles === 'nothing') return null;
  return (
    <>
      {suts.map((name) => (
        <Button key={name} small icon={<SquareTerminal />} href={`/suts/${harnessId}/${encodeURIComponent(name)}/console`}>
          {suts.length === 1 ? 'Console' : `Console of ${name}`}
        </Button>
      ))}
    </>
  );
}
