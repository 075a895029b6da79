import { lazy } from 'react';
import { addresses } from '../../kit/addresses.ts';
import type { Feature } from '../../kit/feature.ts';
import { runSample } from './run-sample.ts';

const StartPage = lazy(() => import('./StartPage.tsx').then((module) => ({ default: module.StartPage })));

export const firstStart: Feature = {
  name: 'first-start',
  routes: [{ path: addresses.start, component: StartPage }],
  verbs: [
    { id: 'start.open', label: 'Open the start page', words: 'first begin welcome sample', href: addresses.start },
    { id: 'start.sample', label: 'Run the sample', hint: 'Needs no machine', words: 'demo example try', run: () => void runSample() },
  ],
};
