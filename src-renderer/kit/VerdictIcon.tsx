import type { ReactElement } from 'react';
import { turn } from './turning.ts';
import { MARK_WORDS, type Mark } from './marks.ts';

const cross = 'M5.4 5.4 10.6 10.6M10.6 5.4 5.4 10.6';
const cut = { stroke: 'var(--on-verdict)', strokeWidth: 1.8, strokeLinecap: 'round' } as const;
const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.5 } as const;
const round = { strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
const ring = <circle cx="8" cy="8" r="6.2" {...line} />;

const SHAPES: Readonly<Record<Mark, ReactElement>> = {
  passed: (
    <>
      {ring}
      <path d="M5.2 8.2 7.2 10.2 10.9 6" {...line} {...round} strokeWidth={1.6} />
    </>
  ),
  failed: (
    <>
      <rect x="1.4" y="1.4" width="13.2" height="13.2" rx="3.4" fill="currentColor" />
      <path d={cross} {...cut} />
    </>
  ),
  error: (
    <>
      <path d="M8 1 15.4 14.2H.6Z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
      <path d="M8 5.6V9.6M8 11.8V12" {...cut} />
    </>
  ),
  skipped: (
    <>
      {ring}
      <path d="M4.2 11.8 11.8 4.2" {...line} />
    </>
  ),
  notRun: <circle cx="8" cy="8" r="6.2" {...line} strokeDasharray="1.4 2.5" />,
  stopped: (
    <>
      {ring}
      <rect x="5.4" y="5.4" width="5.2" height="5.2" rx="1" fill="currentColor" />
    </>
  ),
  lost: (
    <>
      <circle cx="8" cy="8" r="6.3" {...line} strokeWidth={1.4} strokeDasharray="6.2 3.7" strokeDashoffset="-1.8" />
      <path d="M6.3 6.6a1.8 1.8 0 1 1 2.5 1.7c-.6.3-.8.6-.8 1.1M8 11.3v.1" {...line} {...round} />
    </>
  ),
  running: (
    <>
      <circle cx="8" cy="8" r="6" {...line} strokeWidth={2} opacity={0.28} />
      <circle cx="8" cy="8" r="1.9" fill="currentColor" />
    </>
  ),
  queued: (
    <>
      {ring}
      <path d="M8 4.6V8.2L10.4 9.6" {...line} {...round} />
    </>
  ),
  failing: (
    <>
      <circle cx="8" cy="8" r="6.6" {...line} strokeWidth={1.6} opacity={0.3} />
      <path d="M5.8 5.8 10.2 10.2M10.2 5.8 5.8 10.2" {...line} {...round} strokeWidth={2} />
    </>
  ),
};

/** What turns while it lasts: a picture of its own, which is turned as a layer. A part of a picture would be painted anew at each step. */
const TURNING: Readonly<Partial<Record<Mark, ReactElement>>> = {
  running: <path d="M8 2a6 6 0 0 1 6 6" {...line} {...round} strokeWidth={2.2} />,
  failing: <path d="M8 1.4a6.6 6.6 0 0 1 6.6 6.6" {...line} {...round} strokeWidth={1.8} />,
};

interface Props {
  readonly mark: Mark;
  readonly large?: boolean;
  /** Where the word stands beside it, the icon says nothing twice. */
  readonly decorative?: boolean;
}

export function VerdictIcon({ mark, large = false, decorative = false }: Props): ReactElement {
  const name = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': MARK_WORDS[mark] };
  const turning = TURNING[mark];
  const className = `glyph mark-${mark}${large ? ' large' : ''}`;
  const still = (
    <>
      {decorative ? null : <title>{MARK_WORDS[mark]}</title>}
      {SHAPES[mark]}
    </>
  );
  return turning === undefined ? (
    <svg className={className} viewBox="0 0 16 16" {...name}>
      {still}
    </svg>
  ) : (
    <span className={className} {...name}>
      <svg viewBox="0 0 16 16">{still}</svg>
      <svg ref={turn} className="turns" viewBox="0 0 16 16">
        {turning}
      </svg>
    </span>
  );
}
