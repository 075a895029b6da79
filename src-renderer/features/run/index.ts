import { lazy } from 'react';
import type { Feature } from '../../kit/feature.ts';

const load = () => import('./RunPage.tsx');

export const run: Feature = {
  name: 'run',
  routes: [{ path: '/runs/:id', component: lazy(load) }],
  ahead: load,
};
