import { Server } from 'lucide-react';
import { lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';
import { useSutCount } from './use-sut-count.ts';

export const suts: Feature = {
  name: 'suts',
  // One route, so that the list stays as it is while details come and go.
  routes: [{ path: '/suts/:id?', component: lazy(() => import('./SutsPage.tsx')) }],
  rail: { href: addresses.suts, label: 'SUTs', icon: Server, letter: 'S', group: 2, order: 10, useCount: useSutCount },
  verbs: [
    { id: 'suts.discover', label: 'Discover machines on the network', words: 'scan bmc ipmi redfish', href: addresses.discover },
    { id: 'suts.import', label: 'Import machines from a file', words: 'csv yaml sut upload', href: addresses.importSuts },
    { id: 'suts.add', label: 'Add a machine', words: 'sut new create', href: addresses.newSut },
  ],
};
