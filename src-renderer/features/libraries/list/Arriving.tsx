import { Check } from 'lucide-react';
import type { CSSProperties, ReactElement } from 'react';
import { formatBytes, formatCount } from '../../../../src-shared/text/quantities.ts';
import type { Progress } from '../../../../src-shared/model/system.ts';
import { Button } from '../../../kit/Button.tsx';
import { ErrorState } from '../../../kit/States.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import { dismissArrival, useArriving, type Arrival } from '../arriving.ts';

/** What is fetched, built or packed now stands above the lists; rows of the lists do not move for it. */
export function Arriving(): ReactElement | null {
  const arriving = useArriving((state) => state.arriving);
  if (arriving.length === 0) return null;
  return (
    <section className="arriving" aria-label="Arriving" aria-live="polite">
      {arriving.map((entry) => (
        <Entry key={entry.id} entry={entry} />
      ))}
    </section>
  );
}

function Entry({ entry }: { readonly entry: Arrival }): ReactElement {
  const leave = (): void => dismissArrival(entry.id);
  if (entry.problem !== null)
    return (
      <ErrorState
        problem={{ ...entry.problem, message: `${entry.what}: ${entry.problem.message}` }}
        actions={
          <Button small onClick={leave}>
            Close
          </Button>
        }
      />
    );
  const share = entry.progress?.total && entry.progress.done !== null ? entry.progress.done / entry.progress.total : null;
  return (
    <div>
      <div className="row">
        {entry.done === null ? <VerdictIcon mark="running" decorative /> : <Check className="mark-passed small" aria-hidden />}
        <span className="strong ellipsis">{entry.what}</span>
        <span className="dim small figures ellipsis grow">
          {entry.done ?? (entry.progress === null ? '' : progressText(entry.progress))}
        </span>
        <Button variant="quiet" small onClick={leave}>
          {entry.done === null ? 'Cancel' : 'Close'}
        </Button>
      </div>
      {entry.done === null ? (
        <span
          className={`bar running${share === null ? ' unknown' : ''}`}
          style={{ '--progress': `${(share ?? 1) * 100}%` } as CSSProperties}
        >
          <i />
        </span>
      ) : null}
    </div>
  );
}

function progressText({ step, done, total, unit }: Progress): string {
  if (done === null) return step;
  const show = unit === 'bytes' ? formatBytes : formatCount;
  return `${step}, ${total === null ? show(done) : `${show(done)} of ${show(total)}`}`;
}
