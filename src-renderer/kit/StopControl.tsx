import { Square } from 'lucide-react';
import type { ReactElement } from 'react';
import type { RunSummary } from '../../src-shared/model/run.ts';
import { formatDuration } from '../../src-shared/text/quantities.ts';
import { Button } from './Button.tsx';
import { ConfirmButton } from './Confirm.tsx';
import { doneCount } from './phases.ts';
import { useNow } from './use-now.ts';

interface Props {
  readonly run: RunSummary;
  readonly busy: boolean;
  readonly onStop: (now: boolean) => void;
  readonly small?: boolean;
  readonly variant?: 'outline' | 'danger';
}

/** Stopping hurts a run, so it asks; once asked, the countdown to the next step stands where the button was. */
export function StopControl({ run, busy, onStop, small = false, variant = 'outline' }: Props): ReactElement {
  if (run.stop !== null) {
    return (
      <span className="row tight">
        <StopLadder nextStepAt={run.stop.nextStepAt} step={run.stop.step} />
        {run.stop.step === 'killing' ? null : (
          <Button small={small} variant="danger" busy={busy} onClick={() => onStop(true)}>
            End now
          </Button>
        )}
      </span>
    );
  }
  const left = run.total - doneCount(run);
  return (
    <ConfirmButton
      small={small}
      variant={variant}
      icon={<Square />}
      busy={busy}
      title={`Stop ${run.name}?`}
      harm={`${left > 0 ? `${left} of ${run.total} cases will not run. ` : ''}Tear-downs run and the report is kept.`}
      verb={`Stop ${run.name}`}
      safe="Keep running"
      onConfirm={() => onStop(false)}
    >
      Stop
    </ConfirmButton>
  );
}

const STEPS = { asked: 'asked again', askedAgain: 'ended', killing: 'ending' } as const;

function StopLadder({ nextStepAt, step }: { readonly nextStepAt: number | null; readonly step: keyof typeof STEPS }): ReactElement {
  const now = useNow('second');
  const text = nextStepAt === null ? STEPS[step] : `${STEPS[step]} in ${formatDuration(Math.max(0, nextStepAt - now))}`;
  return <span className="dim small figures nowrap">Stopping, {text}</span>;
}
