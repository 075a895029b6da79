import { CalendarRange } from 'lucide-react';
import { lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';

export const board: Feature = {
  name: 'board',
  // One route, so that the board stays as it is while details come and go.
  routes: [{ path: '/board/:id?', component: lazy(() => import('./BoardPage.tsx')) }],
  rail: { href: addresses.board, label: 'Board', icon: CalendarRange, letter: 'B', group: 2, order: 20 },
  verbs: [{ id: 'board.reserve', label: 'Reserve machines', words: 'hold book calendar', href: addresses.reserve() }],
};
