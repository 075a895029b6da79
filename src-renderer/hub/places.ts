import { BookOpen, CalendarClock, ClipboardList, FolderTree, Network, Play, Server, Settings2, Sun, Users } from 'lucide-react';
import { lazy, type ComponentType } from 'react';
import type { HubRole } from '../../src-shared/model/hub-people.ts';
import { addresses } from '../kit/addresses.ts';

export interface HubPlace {
  readonly path: string;
  readonly label: string;
  /** `G` then this letter goes there. */
  readonly letter: string;
  readonly icon: ComponentType;
  readonly page: ComponentType;
  /** Who sees it; everybody where it is left out. */
  readonly only?: HubRole;
  /** Pages below it, the first that fits counts. */
  readonly below?: readonly { readonly path: string; readonly page: ComponentType }[];
}

const guide = lazy(() => import('../features/help/HelpPage.tsx'));

/** The pages of a hub, in the order of the rail. */
export const hubPlaces: readonly HubPlace[] = [
  {
    path: '/',
    label: 'Today',
    letter: 't',
    icon: Sun,
    page: lazy(() => import('./pages/Today.tsx').then(({ Today }) => ({ default: Today }))),
  },
  {
    path: '/runs',
    label: 'Runs',
    letter: 'r',
    icon: Play,
    page: lazy(() => import('./pages/Runs.tsx').then(({ Runs }) => ({ default: Runs }))),
    below: [
      { path: '/runs/new', page: lazy(() => import('./pages/NewRun.tsx').then(({ NewRun }) => ({ default: NewRun }))) },
      { path: '/runs/:id', page: lazy(() => import('./pages/OneRun.tsx').then(({ OneRun }) => ({ default: OneRun }))) },
    ],
  },
  {
    path: '/test-data',
    label: 'Test data',
    letter: 'd',
    icon: FolderTree,
    page: lazy(() => import('./pages/TestData.tsx').then(({ TestData }) => ({ default: TestData }))),
  },
  {
    path: '/plans',
    label: 'Plans',
    letter: 'p',
    icon: ClipboardList,
    page: lazy(() => import('./pages/Plans.tsx').then(({ Plans }) => ({ default: Plans }))),
  },
  {
    path: '/suts',
    label: 'SUTs',
    letter: 's',
    icon: Server,
    page: lazy(() => import('./pages/Machines.tsx').then(({ Machines }) => ({ default: Machines }))),
    below: [
      {
        path: '/suts/:harnessId/:sut/console',
        page: lazy(() => import('./pages/MachineConsole.tsx').then(({ MachineConsole }) => ({ default: MachineConsole }))),
      },
    ],
  },
  {
    path: '/reservations',
    label: 'Reservations',
    letter: 'b',
    icon: CalendarClock,
    page: lazy(() => import('./pages/Reservations.tsx').then(({ Reservations }) => ({ default: Reservations }))),
  },
  {
    path: '/harnesses',
    label: 'Harnesses',
    letter: 'h',
    icon: Network,
    page: lazy(() => import('./pages/Harnesses.tsx').then(({ Harnesses }) => ({ default: Harnesses }))),
  },
  {
    path: '/people',
    label: 'People',
    letter: 'u',
    icon: Users,
    only: 'admin',
    page: lazy(() => import('./pages/People.tsx').then(({ People }) => ({ default: People }))),
  },
  {
    path: '/settings',
    label: 'Settings',
    letter: ',',
    icon: Settings2,
    page: lazy(() => import('./pages/Settings.tsx').then(({ Settings }) => ({ default: Settings }))),
  },
  {
    path: addresses.help,
    label: 'Guide',
    letter: 'g',
    icon: BookOpen,
    page: guide,
    below: [{ path: addresses.helpOn(':page'), page: guide }],
  },
];
