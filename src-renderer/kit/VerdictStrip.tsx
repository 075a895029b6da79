import type { ReactElement } from 'react';
import type { StripVerdict } from '../../src-shared/model/run.ts';
import { MARK_WORDS } from './marks.ts';

/** How a series went before, oldest left: low passed, full failed, cut error, line skipped, hollow stopped, dashed lost. */
export function VerdictStrip({ verdicts }: { readonly verdicts: readonly StripVerdict[] }): ReactElement {
  const words = verdicts.map((verdict) => MARK_WORDS[verdict].toLowerCase()).join(', ');
  return (
    <span className="verdict-strip" role="img" aria-label={words === '' ? 'No earlier run' : `Oldest first: ${words}`} title={words}>
      {verdicts.map((verdict, index) => (
        <i key={index} className={verdict} />
      ))}
    </span>
  );
}
