import { Play } from 'lucide-react';
import { lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

const load = () => import('./RunsPage.tsx');

export const runs: Feature = {
  name: 'runs',
  routes: [{ path: addresses.runs, component: lazy(load) }],
  ahead: load,
  rail: { href: addresses.runs, label: 'Runs', icon: Play, letter: 'R', group: 1, order: 20, also: [addresses.matrices] },
  verbs: [
    {
      id: 'runs.failed',
      label: 'Runs that failed',
      hint: 'Runs',
      quiet: true,
      words: 'list verdict',
      href: `${addresses.runs}?verdict=failed`,
    },
  ],
};
