import type { ReactElement } from 'react';
import type { ParseError } from '../../../../src-shared/model/test-data.ts';
import { formatAmount, formatCount } from '../../../../src-shared/text/quantities.ts';
import { VerdictIcon } from '../../../kit/VerdictIcon.tsx';

interface Props {
  readonly errors: readonly ParseError[];
  /** The line that is shown now. */
  readonly path: string | null;
  readonly line: number | null;
  readonly onShow: (error: ParseError) => void;
}

/** Lines drawn; a revision with more is broken as a whole, and says how many more. */
const MOST = 200;

/** What Robot's parser cannot read; a click goes to the line. */
export function Problems({ errors, path, line, onShow }: Props): ReactElement | null {
  if (errors.length === 0) return null;
  return (
    <section className="problems" aria-label="Problems">
      <h2>
        Problems <span className="dim small figures">{formatCount(errors.length)}</span>
      </h2>
      <ul>
        {errors.slice(0, MOST).map((error, place) => (
          <li key={place}>
            <button
              type="button"
              className={error.path === path && error.line === line ? 'here' : ''}
              title={error.message}
              onClick={() => onShow(error)}
            >
              <VerdictIcon mark={error.fatal ? 'failed' : 'error'} decorative />
              <span className="ellipsis grow">{error.message}</span>
              <span className="dim nowrap ellipsis problem-place">
                {error.path}
                {error.line === null ? '' : `:${error.line}`}
              </span>
            </button>
          </li>
        ))}
        {errors.length > MOST ? <li className="dim more-problems">and {formatAmount(errors.length - MOST, 'more problem')}</li> : null}
      </ul>
    </section>
  );
}
