import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { formatCount } from '../../../../src-shared/text/quantities.ts';
import { addresses } from '../../../kit/addresses.ts';
import { Button } from '../../../kit/Button.tsx';
import type { Cause, Problem } from '../../../kit/problem.ts';
import { ErrorState } from '../../../kit/States.tsx';

interface Props {
  readonly problem: Problem;
  readonly onClose: () => void;
  /** Null: they are archived already. */
  readonly onArchive: (() => void) | null;
}

const MOST = 6;

/** Why they stay: each run and plan that refers to them is one press away, and archiving is offered instead. */
export function RemoveRefusal({ problem, onClose, onArchive }: Props): ReactElement {
  const links = problem.causes.filter(({ subject }) => subject !== null);
  return (
    <div className="pane-note">
      <ErrorState
        problem={{ ...problem, reasons: [], details: links.length > 0 ? [] : problem.details }}
        actions={
          <>
            {onArchive === null ? null : (
              <Button small onClick={onArchive}>
                Archive instead
              </Button>
            )}
            <Button small variant="quiet" onClick={onClose}>
              Close
            </Button>
          </>
        }
      />
      {links.length === 0 ? null : (
        <ul className="small refers" aria-label="What refers to them">
          {links.slice(0, MOST).map((cause) => (
            <li key={`${cause.code} ${cause.subject ?? ''}`} className="ellipsis">
              <Link href={addressOf(cause)}>{cause.message}</Link>
            </li>
          ))}
          {links.length > MOST ? <li className="dim">and {formatCount(links.length - MOST)} more</li> : null}
        </ul>
      )}
    </div>
  );
}

function addressOf({ code, subject }: Cause): string {
  return code === 'plan' ? addresses.plan(subject ?? '') : addresses.run(subject ?? '');
}
