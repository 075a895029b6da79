import { Settings2 } from 'lucide-react';
import { lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';
import { colourVerbs } from './colour-verbs.ts';
import { SECTIONS } from './sections.ts';

const SettingsPage = lazy(() => import('./SettingsPage.tsx').then((module) => ({ default: module.SettingsPage })));

export const settings: Feature = {
  name: 'settings',
  routes: [{ path: '/settings/:section?', component: SettingsPage }],
  rail: { href: addresses.settings, label: 'Settings', icon: Settings2, letter: ',', group: 3, order: 90 },
  verbs: [
    ...SECTIONS.map(({ id, label, words }) => ({
      id: `settings.${id}`,
      label: `Open ${label}`,
      hint: 'Settings',
      words: `settings ${words}`,
      quiet: true,
      href: `${addresses.settings}/${id}`,
    })),
    ...colourVerbs,
  ],
};
