import type { ReactElement } from 'react';

export type Health = 'reachable' | 'degraded' | 'unreachable' | 'unknown' | 'maintenance' | 'quarantine';

export const HEALTH_WORDS: Readonly<Record<Health, string>> = {
  reachable: 'Reachable',
  degraded: 'Degraded',
  unreachable: 'Unreachable',
  unknown: 'Unknown',
  maintenance: 'Maintenance',
  quarantine: 'Quarantine',
};

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.7 } as const;

const SHAPES: Readonly<Record<Health, ReactElement>> = {
  reachable: <circle cx="8" cy="8" r="4.6" fill="currentColor" />,
  degraded: <path d="M8 2.6 14 13H2Z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />,
  unreachable: (
    <>
      <circle cx="8" cy="8" r="5" {...line} />
      <path d="M4.6 11.4 11.4 4.6" {...line} />
    </>
  ),
  unknown: <circle cx="8" cy="8" r="5" {...line} strokeDasharray="2 2" />,
  maintenance: <rect x="3.4" y="3.4" width="9.2" height="9.2" rx="1.6" {...line} />,
  quarantine: (
    <>
      <path d="M8 1.6 13.6 4.8V11.2L8 14.4 2.4 11.2V4.8Z" fill="currentColor" />
      <path d="M8 5V8.6M8 11V11.1" stroke="var(--on-verdict)" strokeWidth={1.7} strokeLinecap="round" />
    </>
  ),
};

interface Props {
  readonly health: Health;
  readonly decorative?: boolean;
}

export function HealthIcon({ health, decorative = false }: Props): ReactElement {
  const name = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': HEALTH_WORDS[health] };
  return (
    <svg className={`glyph health-${health}`} viewBox="0 0 16 16" {...name}>
      {SHAPES[health]}
    </svg>
  );
}
