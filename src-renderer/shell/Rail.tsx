import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import { addresses } from '../kit/addresses.ts';
import type { RailPlace } from '../kit/feature.ts';
import { formatCount } from '../../src-shared/text/quantities.ts';
import { useRuns } from '../state/runs.ts';
import { RunDock } from './RunDock.tsx';

interface Props {
  readonly places: readonly RailPlace[];
  readonly closed: boolean;
}

export function Rail({ places, closed }: Props): ReactElement {
  return (
    <nav className="rail" aria-label="Pages">
      <ul>
        {places.map((place, index) => (
          <li key={place.href} className={index > 0 && places[index - 1]?.group !== place.group ? 'apart' : ''}>
            <Place place={place} closed={closed} />
          </li>
        ))}
      </ul>
      <span className="grow" />
      {closed ? null : <RunDock />}
    </nav>
  );
}

const noCount = (): null => null;

function Place({ place, closed }: { readonly place: RailPlace; readonly closed: boolean }): ReactElement {
  const [location] = useLocation();
  const useCount = place.useCount ?? noCount;
  const count = useCount();
  const Icon = place.icon;
  const here =
    place.href === addresses.today
      ? location === place.href || location === addresses.start
      : [place.href, ...(place.also ?? [])].some((address) => location.startsWith(address));
  const link = (
    <Link
      href={place.href}
      className={here ? 'here' : ''}
      aria-current={here ? 'page' : undefined}
      aria-label={closed ? place.label : undefined}
    >
      <Icon />
      <span className="label">{place.label}</span>
      {count === null || count === 0 ? null : <span className="count figures">{formatCount(count)}</span>}
      {closed && place.href === addresses.today ? <RunningDot /> : null}
    </Link>
  );
  return closed ? (
    <Tooltip label={place.label} position="right">
      {link}
    </Tooltip>
  ) : (
    link
  );
}

/** Stands for the run dock while the rail is closed. */
function RunningDot(): ReactElement | null {
  const any = useRuns((state) => state.running.length > 0);
  return any ? <span className="dot" role="img" aria-label="Something is running" /> : null;
}
