import { lazy } from 'react';
import type { Feature } from '../../kit/feature.ts';

export const editor: Feature = {
  name: 'editor',
  routes: [{ path: '/test-data/:id/edit', component: lazy(() => import('./EditorPage.tsx')) }],
};
