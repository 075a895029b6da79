import type { CSSProperties, ReactElement } from 'react';
import { STATE_WORDS } from '../../src-shared/text/words.ts';
import type { Run, RunSummary } from '../../src-shared/model/run.ts';
import { segmentsOf } from './phases.ts';

/** Where a run is, in four pixels of height: done neutral, now blue with its share, to come pale, skipped hatched. */
export function PhaseStrip({ run }: { readonly run: RunSummary | Run }): ReactElement {
  return (
    <span className="phase-strip" role="img" aria-label={`Phase: ${STATE_WORDS[run.state]}`}>
      {segmentsOf(run).map((segment) => (
        <i
          key={segment.state}
          className={segment.look}
          title={STATE_WORDS[segment.state]}
          style={{ '--share': segment.share, '--progress': `${(segment.progress ?? 0.5) * 100}%` } as CSSProperties}
        />
      ))}
    </span>
  );
}
