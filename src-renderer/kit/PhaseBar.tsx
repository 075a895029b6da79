import { Check, Minus, TriangleAlert } from 'lucide-react';
import type { CSSProperties, ReactElement } from 'react';
import type { Run, RunPhase } from '../../src-shared/model/run.ts';
import { formatDuration, formatRough } from '../../src-shared/text/quantities.ts';
import { STATE_WORDS } from '../../src-shared/text/words.ts';
import { markOfRun } from './marks.ts';
import { segmentsOf, type PhaseSegment } from './phases.ts';
import { useNow } from './use-now.ts';
import { VerdictIcon } from './VerdictIcon.tsx';

/** The phases of one run, large: name, what it does now, time taken of time expected. */
export function PhaseBar({ run }: { readonly run: Run }): ReactElement {
  const phases = new Map(run.phases.map((phase) => [phase.state, phase]));
  return (
    <ol className="phase-bar" aria-label="Phases">
      {segmentsOf(run).map((segment) => (
        <Phase key={segment.state} run={run} segment={segment} phase={phases.get(segment.state) ?? null} />
      ))}
    </ol>
  );
}

interface PhaseProps {
  readonly run: Run;
  readonly segment: PhaseSegment;
  readonly phase: RunPhase | null;
}

function Phase({ run, segment, phase }: PhaseProps): ReactElement {
  const now = useNow('second');
  const took = phase === null ? null : (phase.endedAt ?? now) - phase.startedAt;
  const expected = phase?.expectedMs ?? null;
  const progress = segment.progress ?? (took === null || expected === null || expected === 0 ? null : Math.min(0.97, took / expected));
  const unknown = segment.look === 'now' && progress === null;
  return (
    <li
      className={`${segment.look}${unknown ? ' unknown' : ''}`}
      style={{ '--share': segment.share } as CSSProperties}
      title={phase?.note ?? undefined}
      aria-current={segment.look === 'now' ? 'step' : undefined}
    >
      <div className="label">
        <PhaseSign run={run} segment={segment} />
        <span className="name">{STATE_WORDS[segment.state]}</span>
        {segment.look === 'now' && phase?.note ? <span className="note-text">{phase.note}</span> : null}
        <span className="time">{timeText(segment, took, expected)}</span>
      </div>
      <div className="track">{segment.look === 'now' ? <i style={{ width: `${(progress ?? 1) * 100}%` }} /> : null}</div>
    </li>
  );
}

function PhaseSign({ run, segment }: Omit<PhaseProps, 'phase'>): ReactElement | null {
  if (segment.look === 'now') return <VerdictIcon mark={markOfRun(run)} decorative />;
  if (segment.look === 'done') return <Check aria-label="done" />;
  if (segment.look === 'failed') return <TriangleAlert aria-label="failed" />;
  return segment.look === 'skipped' ? <Minus aria-label="skipped" /> : null;
}

function timeText(segment: PhaseSegment, took: number | null, expected: number | null): string {
  if (segment.look === 'todo') return expected === null ? '' : `about ${formatRough(expected)}`;
  if (segment.look === 'skipped') return 'not needed';
  if (took === null) return '';
  return segment.look === 'now' && expected !== null ? `${formatDuration(took)} of about ${formatRough(expected)}` : formatDuration(took);
}
