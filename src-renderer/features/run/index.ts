import { lazy } from 'react';
import type { Feature } from '../../kit/feature.ts';

export const run: Feature = {
  name: 'run',
  routes: [{ path: '/runs/:id', component: lazy(() => import('./RunPage.tsx')) }],
};
