import { lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

const component = lazy(() => import('./HelpPage.tsx'));

export const help: Feature = {
  name: 'help',
  routes: [
    { path: addresses.help, component },
    { path: addresses.helpOn(':page'), component },
  ],
  verbs: [{ id: 'help.open', label: 'Guide', words: 'help documentation manual walk-through', keys: 'f1', href: addresses.help }],
};
