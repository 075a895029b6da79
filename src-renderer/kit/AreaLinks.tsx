import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { addresses } from './addresses.ts';

interface Area {
  readonly label: string;
  readonly href: string;
}

/** Pages that share one place of the rail. */
export const TEST_DATA_AREAS: readonly Area[] = [
  { label: 'Data', href: addresses.testData },
  { label: 'Plans', href: addresses.plans },
  { label: 'Conditions', href: addresses.conditions },
];
export const RUN_AREAS: readonly Area[] = [
  { label: 'Runs', href: addresses.runs },
  { label: 'Matrices', href: addresses.matrices },
  { label: 'History', href: addresses.history },
];

interface Props {
  readonly label: string;
  readonly areas: readonly Area[];
  readonly here: string;
}

/** The sister pages of a place, beside the title of the page. */
export function AreaLinks({ label, areas, here }: Props): ReactElement {
  return (
    <nav className="segments area-links" aria-label={label}>
      {areas.map((area) => (
        <Link key={area.href} href={area.href} aria-current={area.href === here ? 'page' : undefined}>
          {area.label}
        </Link>
      ))}
    </nav>
  );
}
