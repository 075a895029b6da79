import type { ReactElement } from 'react';

/** The sign of the workbench: three bars, one of them in two parts. */
export function Mark(): ReactElement {
  return (
    <svg className="mark" viewBox="0 0 20 20" aria-hidden>
      <rect width="20" height="20" rx="5" fill="var(--ink)" />
      <g fill="var(--on-ink)">
        <rect x="4.2" y="10.2" width="3" height="5.4" rx=".8" />
        <rect x="8.5" y="4.4" width="3" height="11.2" rx=".8" />
        <rect x="12.8" y="7.6" width="3" height="3" rx=".8" />
        <rect x="12.8" y="12.6" width="3" height="3" rx=".8" />
      </g>
    </svg>
  );
}
