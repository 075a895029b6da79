import { lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

export const history: Feature = {
  name: 'history',
  routes: [
    { path: addresses.history, component: lazy(() => import('./HistoryPage.tsx')) },
    { path: '/compare', component: lazy(() => import('./ComparePage.tsx')) },
  ],
  verbs: [{ id: 'history.open', label: 'What broke and what is flaky', words: 'history flakiness trend', href: addresses.history }],
};
