import { CircleX, CloudOff, History, TriangleAlert } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Button } from './Button.tsx';
import type { Problem } from './problem.ts';

interface EmptyStateProps {
  readonly title: ReactNode;
  /** Why it is empty. */
  readonly why?: ReactNode;
  /** One next step, and at most a quiet second. */
  readonly actions?: ReactNode;
}

export function EmptyState({ title, why, actions }: EmptyStateProps): ReactElement {
  return (
    <div className="empty">
      <b className="strong">{title}</b>
      {why === undefined ? null : <span className="dim small">{why}</span>}
      {actions === undefined ? null : <div className="actions">{actions}</div>}
    </div>
  );
}

interface NoMatchProps {
  readonly title: string;
  readonly why?: string;
  readonly onClear: () => void;
}

/** Something is there, but not what was asked for: one press shows all of it again. */
export function NoMatch({ title, why, onClear }: NoMatchProps): ReactElement {
  return (
    <EmptyState
      title={title}
      why={why}
      actions={
        <Button small onClick={onClear}>
          Clear the filter
        </Button>
      }
    />
  );
}

interface ErrorStateProps {
  readonly problem: Problem;
  /** The repair, where there is one. */
  readonly actions?: ReactNode;
  readonly onRetry?: () => void;
}

/** What happened, why, what now; code and correlation id small. Foreign text is shown as text. */
export function ErrorState({ problem, actions, onRetry }: ErrorStateProps): ReactElement {
  if (problem.code === 'OFFLINE') return <Away />;
  const told = problem.reasons.length > 0 ? problem.reasons : problem.details;
  // The only reason is in the sentence already.
  const lines = told.length === 1 && problem.message.includes(told[0] ?? '') ? [] : told;
  const copy = (): void => void navigator.clipboard.writeText([problem.message, ...lines, problem.code, problem.correlationId].join('\n'));
  return (
    <div className="note bad" role="alert">
      <CircleX aria-hidden />
      <div className="grow">
        <div className="strong">{problem.message}</div>
        {lines.map((line) => (
          <div key={line} className="mid small" style={{ overflowWrap: 'anywhere' }}>
            {line}
          </div>
        ))}
        <div className="actions">
          {actions}
          {onRetry === undefined ? null : (
            <Button small onClick={onRetry}>
              Try again
            </Button>
          )}
          <Button small variant="quiet" onClick={copy}>
            Copy details
          </Button>
          <span className="dim tiny mono">
            {problem.code} {problem.correlationId.slice(0, 8)}
          </span>
        </div>
      </div>
    </div>
  );
}

/** Nobody did anything wrong: the line at the head of the page says since when, and lists ask again by themselves. */
function Away(): ReactElement {
  return (
    <div className="note warn" role="status">
      <CloudOff aria-hidden />
      <div className="grow">
        <span className="strong">The harness is away.</span> <span className="mid">This is asked again as soon as it is back.</span>
      </div>
    </div>
  );
}

interface NoteProps {
  readonly tone?: 'plain' | 'warn' | 'bad';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** A line about the present state that stays as long as it holds: offline, stale, limits. */
export function Note({ tone = 'plain', children, actions }: NoteProps): ReactElement {
  return (
    <div className={`note ${tone}`} role="status">
      {tone === 'plain' ? <History aria-hidden /> : <TriangleAlert aria-hidden />}
      <div className="grow">{children}</div>
      {actions}
    </div>
  );
}

const WIDTHS = [62, 84, 48, 71, 55, 78];

interface LoadingShapeProps {
  readonly rows?: number;
  /** What is being opened, for long waits: "Opening 104,220 keywords". */
  readonly what?: string;
}

/** The shape of a list; appears after 150 ms, so that quick answers do not flicker. */
export function LoadingShape({ rows = 6, what }: LoadingShapeProps): ReactElement {
  return (
    <div className="shape" role="status" aria-label={what ?? 'Loading'} style={{ padding: '0 20px' }}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} aria-hidden>
          <i style={{ width: 14 }} />
          <i style={{ width: `${WIDTHS[index % WIDTHS.length] ?? 60}%` }} />
          <i style={{ width: 44 }} />
        </div>
      ))}
      {what === undefined ? null : <p className="dim small">{what}</p>}
    </div>
  );
}
