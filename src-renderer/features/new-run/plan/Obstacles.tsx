import type { ReactElement } from 'react';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import type { Draft, Obstacle, Place } from '../model/draft.ts';
import type { Refusal } from '../model/refusal.ts';
import type { ChangeDraft } from '../use-draft.ts';

interface Props {
  readonly obstacles: readonly Obstacle[];
  readonly problem: Refusal['problem'];
  readonly draft: Draft;
  readonly change: ChangeDraft;
}

/** Every reason at once, each with its repair. */
export function Obstacles({ obstacles, problem, draft, change }: Props): ReactElement | null {
  if (obstacles.length === 0 && problem === null) return null;
  return (
    <section className="obstacles" aria-label="Why can’t I run?">
      {problem === null ? null : (
        <div className="inset">
          <ErrorState problem={problem} />
        </div>
      )}
      {obstacles.length === 0 ? null : (
        <>
          <div className="section-head">
            <h2>
              Why can’t I run? <span className="mark-failed count">{formatCount(obstacles.length)} to repair</span>
            </h2>
          </div>
          <ul aria-live="polite">
            {obstacles.map((obstacle) => (
              <li key={`${obstacle.title} ${obstacle.sut ?? ''}`} className="obstacle">
                <VerdictIcon mark="failed" decorative />
                <div className="grow">
                  <div className="strong">{obstacle.title}</div>
                  {obstacle.why === '' ? null : <div className="dim small">{obstacle.why}</div>}
                </div>
                <Repair obstacle={obstacle} draft={draft} change={change} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

interface RepairProps {
  readonly obstacle: Obstacle;
  readonly draft: Draft;
  readonly change: ChangeDraft;
}

/** What can be taken back at once; what must be written anew is beside it in the plan. */
const UNDO: Readonly<Partial<Record<Place, readonly [verb: string, part: Partial<Draft>]>>> = {
  revision: ['Take the newest', { revision: null }],
  selection: ['Take all', { picks: null, include: [], exclude: [] }],
  condition: ['No condition', { condition: null }],
  variables: ['No variables', { variables: '' }],
  timeLimit: ['No time limit', { timeLimit: '' }],
  silenceLimit: ['No silence limit', { silenceLimit: '' }],
  robotOptions: ['No options', { robotOptions: '' }],
};

function Repair({ obstacle: { place, sut }, draft, change }: RepairProps): ReactElement {
  if (sut !== null)
    return (
      <Button small onClick={() => change({ suts: draft.suts.filter((name) => name !== sut) })}>
        Leave out {sut}
      </Button>
    );
  const undo = place === null ? undefined : UNDO[place];
  if (undo === undefined)
    return (
      <Button small href={addresses.doctor}>
        Open Doctor
      </Button>
    );
  return (
    <Button small onClick={() => change(undo[1])}>
      {undo[0]}
    </Button>
  );
}
