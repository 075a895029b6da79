import { SunMedium } from 'lucide-react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';
import { changePause, isPaused } from './queue.ts';
import { TodayPage } from './TodayPage.tsx';
import { useTodayCount } from './use-today-count.ts';

export const today: Feature = {
  name: 'today',
  routes: [{ path: addresses.today, component: TodayPage }],
  rail: { href: addresses.today, label: 'Today', icon: SunMedium, letter: 'T', group: 1, order: 10, useCount: useTodayCount },
  verbs: [
    {
      id: 'queue.pause',
      label: 'Pause the queue',
      hint: 'Running runs go on',
      words: 'hold stop wait',
      when: () => !isPaused(),
      run: () => void changePause(true),
    },
    { id: 'queue.resume', label: 'Resume the queue', words: 'continue go', when: isPaused, run: () => void changePause(false) },
  ],
};
