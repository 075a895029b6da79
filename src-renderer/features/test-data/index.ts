import { FolderTree } from 'lucide-react';
import { lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

export const testData: Feature = {
  name: 'test-data',
  routes: [
    { path: '/test-data/:id', component: lazy(() => import('./OneTestDataPage.tsx')) },
    { path: addresses.testData, component: lazy(() => import('./TestDataPage.tsx')) },
  ],
  rail: {
    href: addresses.testData,
    label: 'Test data',
    icon: FolderTree,
    letter: 'D',
    group: 1,
    order: 30,
    also: [addresses.plans, addresses.conditions],
  },
  verbs: [
    {
      id: 'test-data.import',
      label: 'Import test data',
      hint: 'A folder, a zip, a .robot file or a git repository',
      words: 'suites add bring upload',
      href: `${addresses.testData}?import=open`,
    },
  ],
};
