import { Check as Tick, TriangleAlert } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { PreflightReason } from '../../../../src-shared/model/preflight.ts';
import { formatAmount, formatCount } from '../../../../src-shared/text/quantities.ts';
import { Button } from '../../../kit/Button.tsx';
import { inTwo } from '../../../kit/sentences.ts';
import { ErrorState } from '../../../kit/States.tsx';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';
import type { Obstacle } from '../model/draft.ts';
import { LocalRepair } from './LocalRepair.tsx';
import { RepairButton } from './RepairButton.tsx';
import type { Repairs } from './repairs.ts';
import type { Check } from './use-preflight.ts';

interface Props {
  readonly check: Check;
  readonly repairs: Repairs;
  /** What the page itself knows: what is written and cannot be understood. */
  readonly local?: readonly Obstacle[];
}

/** Why can't I run? Every reason at once, each with its repair; one quiet line when nothing is in the way. */
export function PreflightPanel({ check, repairs, local = [] }: Props): ReactElement {
  const emptyHere = local.some(({ place }) => place === 'selection');
  const reasons = (check.preflight?.reasons ?? []).filter(({ code }) => code !== 'NOTHING_SELECTED' || !emptyHere);
  const errors = reasons.filter(({ severity }) => severity === 'error').length + local.length;
  const count = errors > 0 ? `${formatCount(errors)} to repair` : reasons.length > 0 ? formatAmount(reasons.length, 'warning') : null;
  return (
    <>
      {errors + reasons.length === 0 && check.problem === null ? null : (
        <section className="obstacles" aria-label={errors > 0 ? 'Why can’t I run?' : 'Before you run'}>
          <div className="section-head">
            <h2>
              {errors > 0 ? 'Why can’t I run?' : 'Before you run'}{' '}
              {count === null ? null : <span className={`count ${errors > 0 ? 'mark-failed' : 'mark-skipped'}`}>{count}</span>}
            </h2>
            <span className="grow" />
            <Button small variant="quiet" busy={check.checking} onClick={check.again}>
              {check.checking ? 'Checking' : 'Check again'}
            </Button>
          </div>
          {check.problem === null ? null : (
            <div className="inset">
              <ErrorState problem={check.problem} onRetry={check.again} />
            </div>
          )}
          <ul aria-live="polite">
            {local.map((obstacle) => (
              <li key={obstacle.title} className="obstacle">
                <VerdictIcon mark="failed" decorative />
                <Words title={obstacle.title} why={obstacle.why} />
                {obstacle.place === null || repairs.change === null ? null : <LocalRepair place={obstacle.place} change={repairs.change} />}
              </li>
            ))}
            {reasons.map((reason) => (
              <Reason key={`${reason.code} ${reason.message}`} reason={reason} repairs={repairs} />
            ))}
          </ul>
        </section>
      )}
      <Looked check={check} quiet={errors + reasons.length === 0} />
    </>
  );
}

function Reason({ reason, repairs }: { readonly reason: PreflightReason; readonly repairs: Repairs }): ReactElement {
  const [title, why] = inTwo(reason.message);
  return (
    <li className="obstacle">
      {reason.severity === 'error' ? (
        <VerdictIcon mark="failed" decorative />
      ) : (
        <TriangleAlert className="small mark-skipped" aria-label="Warning" />
      )}
      <Words title={title} why={why} />
      {reason.repair === null ? null : <RepairButton repair={reason.repair} repairs={repairs} />}
    </li>
  );
}

function Words({ title, why }: { readonly title: string; readonly why: string }): ReactElement {
  return (
    <div className="grow">
      <div className="strong">{title}</div>
      {why === '' ? null : <div className="dim small">{why}</div>}
    </div>
  );
}

/** What was looked at and is fine, and what is still looked at: folded to a line when there is nothing to repair. */
function Looked({ check: { preflight, checking }, quiet }: { readonly check: Check; readonly quiet: boolean }): ReactElement | null {
  const [open, setOpen] = useState(false);
  if (preflight === null) return checking ? <p className="fine-line dim small">Checking what the run needs</p> : null;
  const { fine, pending } = preflight;
  return (
    <div className="fine" role="group" aria-label="What was checked">
      {quiet ? (
        <button type="button" className="fine-line dim" aria-expanded={open} onClick={() => setOpen(!open)}>
          {pending.length > 0 ? <VerdictIcon mark="running" decorative /> : <Tick className="small" aria-hidden />}
          <span className="grow ellipsis">{pending[0]?.sentence ?? 'Nothing is in the way'}</span>
          <span className="small">{formatAmount(fine.length, 'check')}</span>
        </button>
      ) : null}
      {quiet && !open
        ? null
        : fine.map(({ sentence }) => (
            <div key={sentence} className="fine-line dim">
              <Tick className="small" aria-hidden />
              <span className="ellipsis" title={sentence}>
                {sentence}
              </span>
            </div>
          ))}
      {quiet
        ? null
        : pending.map(({ sentence }) => (
            <div key={sentence} className="fine-line dim">
              <VerdictIcon mark="running" decorative />
              <span className="ellipsis">{sentence}</span>
            </div>
          ))}
    </div>
  );
}
