import { createRoot } from 'react-dom/client';
import { face, keeper, server } from './bridge/client.ts';
import { features } from './features.ts';
import './kit/index.css';
import { App } from './shell/App.tsx';
import { showSchemeAtOnce } from './shell/colour-scheme.ts';
import { drawn } from './shell/drawn.ts';
import { loadAhead } from './shell/load-ahead.ts';
import './shell/shell.css';
import { startRunsFeed } from './state/runs.ts';
import { startReservationsFeed } from './state/reservations.ts';
import { startSutsFeed } from './state/suts.ts';
import { startSystemFeed } from './state/system.ts';
import { startTestDataFeed } from './state/test-data.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element.');
showSchemeAtOnce();
if (server === 'hub') void import('./hub/start-hub.tsx').then(({ startHub }) => startHub(root));
else startHarness(root);

function startHarness(place: HTMLElement): void {
  void (face === 'desktop' ? drawn() : Promise.resolve()).then(() => keeper.keep());
  startSystemFeed();
  startRunsFeed();
  startSutsFeed();
  startReservationsFeed();
  startTestDataFeed();
  loadAhead(features, keeper);
  createRoot(place).render(<App features={features} />);
}
