import { CalendarClock, Network, Server, Settings2, Sun, Users } from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import type { HubRole } from '../../src-shared/model/hub-people.ts';

export interface HubPlace {
  readonly path: string;
  readonly label: string;
  readonly icon: ComponentType;
  readonly page: ComponentType;
  /** Who sees it; everybody where it is left out. */
  readonly only?: HubRole;
}

/** The pages of a hub, in the order of the rail. */
export const hubPlaces: readonly HubPlace[] = [
  { path: '/', label: 'Today', icon: Sun, page: lazy(() => import('./pages/Today.tsx').then(({ Today }) => ({ default: Today }))) },
  {
    path: '/suts',
    label: 'SUTs',
    icon: Server,
    page: lazy(() => import('./pages/Machines.tsx').then(({ Machines }) => ({ default: Machines }))),
  },
  {
    path: '/reservations',
    label: 'Reservations',
    icon: CalendarClock,
    page: lazy(() => import('./pages/Reservations.tsx').then(({ Reservations }) => ({ default: Reservations }))),
  },
  {
    path: '/harnesses',
    label: 'Harnesses',
    icon: Network,
    page: lazy(() => import('./pages/Harnesses.tsx').then(({ Harnesses }) => ({ default: Harnesses }))),
  },
  {
    path: '/people',
    label: 'People',
    icon: Users,
    only: 'admin',
    page: lazy(() => import('./pages/People.tsx').then(({ People }) => ({ default: People }))),
  },
  {
    path: '/settings',
    label: 'Settings',
    icon: Settings2,
    page: lazy(() => import('./pages/Settings.tsx').then(({ Settings }) => ({ default: Settings }))),
  },
];
