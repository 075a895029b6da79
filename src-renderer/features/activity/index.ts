import { Activity } from 'lucide-react';
import { lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

export const activity: Feature = {
  name: 'activity',
  routes: [{ path: addresses.activity, component: lazy(() => import('./ActivityPage.tsx')) }],
  rail: { href: addresses.activity, label: 'Activity', icon: Activity, letter: 'A', group: 2, order: 40 },
};
