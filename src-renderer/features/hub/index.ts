import { Network } from 'lucide-react';
import { lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

export const hub: Feature = {
  name: 'hub',
  routes: [{ path: addresses.hub, component: lazy(() => import('./HubPage.tsx')) }],
  rail: { href: addresses.hub, label: 'Hub', icon: Network, letter: 'H', group: 3, order: 80 },
  verbs: [
    { id: 'hub.open', label: 'Share machines on the hub', words: 'remote testers connect enrol link', quiet: true, href: addresses.hub },
  ],
};
