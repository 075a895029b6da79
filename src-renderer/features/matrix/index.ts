import { Grid3x3 } from 'lucide-react';
import { createElement, lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

export const matrix: Feature = {
  name: 'matrix',
  routes: [
    { path: '/matrices/new', component: lazy(() => import('./NewMatrixPage.tsx')) },
    { path: '/matrices/:id', component: lazy(() => import('./MatrixPage.tsx')) },
    { path: addresses.matrices, component: lazy(() => import('./MatricesPage.tsx')) },
  ],
  verbs: [
    {
      id: 'matrix.new',
      label: 'Run a matrix',
      hint: 'Plans × conditions × SUTs',
      words: 'grid combinations',
      icon: createElement(Grid3x3),
      href: addresses.newMatrix(),
    },
    { id: 'matrix.list', label: 'Matrices', words: 'grid', href: addresses.matrices },
  ],
};
