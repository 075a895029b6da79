import type { CSSProperties, ReactElement } from 'react';
import type { Progress } from '../../src-shared/model/system.ts';
import { formatBytes, formatCount } from '../../src-shared/text/quantities.ts';
import { Button } from './Button.tsx';
import { VerdictIcon } from './VerdictIcon.tsx';

interface Props {
  readonly what: string;
  /** Null: nothing was said of it yet. */
  readonly progress: Progress | null;
  readonly onCancel: () => void;
}

/** Something that is being brought in: how far, and a way out. */
export function ImportGoing({ what, progress, onCancel }: Props): ReactElement {
  const share = progress?.total && progress.done !== null ? progress.done / progress.total : null;
  return (
    <div>
      <div className="row">
        <VerdictIcon mark="running" decorative />
        <span className="strong ellipsis">Importing {what}</span>
        <span className="dim small figures ellipsis">{progress === null ? '' : progressText(progress)}</span>
        <span className="grow" />
        <Button variant="quiet" small onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <span
        className={`bar running${share === null ? ' unknown' : ''}`}
        style={{ '--progress': `${(share ?? 1) * 100}%` } as CSSProperties}
      >
        <i />
      </span>
    </div>
  );
}

function progressText({ step, done, total, unit }: Progress): string {
  if (done === null) return step;
  const show = unit === 'bytes' ? formatBytes : formatCount;
  const amount = total === null ? show(done) : `${show(done)} of ${show(total)}`;
  return `${step}, ${amount}${unit === 'files' || unit === 'packages' ? ` ${unit}` : ''}`;
}
