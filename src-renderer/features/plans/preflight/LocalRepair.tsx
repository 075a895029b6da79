import type { ReactElement } from 'react';
import { Button } from '../../../kit/Button.tsx';
import type { Draft, Place } from '../model/draft.ts';
import type { ChangeDraft } from '../use-draft.ts';

/** What can be taken back at once; what must be written anew is beside it in the plan. */
const UNDO: Readonly<Partial<Record<Place, readonly [verb: string, part: Partial<Draft>]>>> = {
  revision: ['Take the newest', { revision: null }],
  selection: ['Take all', { picks: null, include: [], exclude: [] }],
  condition: ['No condition', { condition: null, conditionId: null }],
  variables: ['No variables', { variables: '' }],
  timeLimit: ['No time limit', { timeLimit: '' }],
  silenceLimit: ['No silence limit', { silenceLimit: '' }],
  provisioning: ['Take the machines as they are', { provisioning: null }],
  robotOptions: ['No options', { robotOptions: '' }],
};

export function LocalRepair({ place, change }: { readonly place: Place; readonly change: ChangeDraft }): ReactElement | null {
  const undo = UNDO[place];
  if (undo === undefined) return null;
  return (
    <Button small onClick={() => change(undo[1])}>
      {undo[0]}
    </Button>
  );
}
