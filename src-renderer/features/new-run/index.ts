import { Play } from 'lucide-react';
import { createElement, lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

export const newRun: Feature = {
  name: 'new-run',
  routes: [{ path: '/runs/new', component: lazy(() => import('./NewRunPage.tsx')) }],
  verbs: [
    {
      id: 'runs.new',
      label: 'New run',
      keys: 'n',
      words: 'start execute test robot',
      icon: createElement(Play),
      href: addresses.newRun(),
    },
  ],
};
