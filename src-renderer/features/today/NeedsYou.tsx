import { X } from 'lucide-react';
import { useMemo, type ReactElement, type ReactNode } from 'react';
import type { RunListRow } from '../../../src-shared/contract/harness/runs.ts';
import { formatAmount } from '../../../src-shared/text/quantities.ts';
import { addresses } from '../../kit/addresses.ts';
import { Button } from '../../kit/Button.tsx';
import { HealthIcon } from '../../kit/HealthIcon.tsx';
import { SectionHead } from '../../kit/Page.tsx';
import { useRemembered } from '../../kit/remembered.ts';
import { When } from '../../kit/Times.tsx';
import { VerdictIcon } from '../../kit/VerdictIcon.tsx';
import { useRuns } from '../../state/runs.ts';
import { useSystem } from '../../state/system.ts';
import { needsOf, type Need } from './needs.ts';

const MOST = 6;
const MOST_REMEMBERED = 100;

/** `rows` is null until what came out is known. */
export function NeedsYou({ rows }: { readonly rows: readonly RunListRow[] | null }): ReactElement {
  const [seen, setSeen] = useRemembered<readonly string[]>('today.seen', []);
  const running = useRuns((state) => state.running);
  const queued = useRuns((state) => state.queued);
  const warnings = useSystem((state) => state.status?.doctorWarnings ?? 0);
  const needs = useMemo(() => {
    const { active } = useRuns.getState();
    const going = [...running, ...queued].flatMap((id) => active.get(id) ?? []);
    return needsOf(rows ?? [], going).filter(({ run }) => !seen.includes(run.id));
  }, [rows, running, queued, seen]);
  const count = needs.length + (warnings > 0 ? 1 : 0);
  return (
    <section aria-label="Needs you">
      <SectionHead title="Needs you" count={count} />
      {warnings === 0 ? null : (
        <Item
          icon={<HealthIcon health="degraded" decorative />}
          title={`Doctor has ${formatAmount(warnings, 'warning')}`}
          why="Something on this computer wants repair before it stops a run"
          action={
            <Button small href={addresses.doctor}>
              Open Doctor
            </Button>
          }
        />
      )}
      {needs.slice(0, MOST).map((need) => (
        <RunNeed key={need.run.id} need={need} onSeen={() => setSeen([...seen, need.run.id].slice(-MOST_REMEMBERED))} />
      ))}
      {needs.length > MOST ? <p className="quiet-line dim">and {needs.length - MOST} more in what came out</p> : null}
      {count === 0 && rows !== null ? <p className="quiet-line dim">Nothing. What fails or gets stuck is listed here.</p> : null}
    </section>
  );
}

function RunNeed({ need, onSeen }: { readonly need: Need; readonly onSeen: () => void }): ReactElement {
  const { run } = need;
  return (
    <Item
      icon={<VerdictIcon mark={need.mark} large />}
      title={need.title}
      why={need.why}
      at={run.endedAt}
      onSeen={onSeen}
      action={
        run.counts.failed > 0 ? (
          <Button small href={addresses.firstFailure(run.id)}>
            Open first failure
          </Button>
        ) : (
          <Button small href={addresses.run(run.id)}>
            Open the run
          </Button>
        )
      }
    />
  );
}

interface ItemProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly why: string;
  readonly action: ReactNode;
  readonly at?: number | null;
  readonly onSeen?: () => void;
}

function Item({ icon, title, why, action, at = null, onSeen }: ItemProps): ReactElement {
  return (
    <div className="need">
      <span className="need-icon">{icon}</span>
      <div className="grow">
        <div className="strong">{title}</div>
        <div className="dim small two-lines" title={why}>
          {why}
        </div>
        <div className="row tight need-actions">
          {action}
          {onSeen === undefined ? null : <Button small variant="quiet" icon={<X />} label="I have seen it" onClick={onSeen} />}
        </div>
      </div>
      <span className="dim tiny nowrap">{at === null ? null : <When at={at} />}</span>
    </div>
  );
}
