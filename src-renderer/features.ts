import { firstStart } from './features/first-start/index.ts';
import { activity } from './features/activity/index.ts';
import { history } from './features/history/index.ts';
import { board } from './features/board/index.ts';
import { conditions } from './features/conditions/index.ts';
import { help } from './features/help/index.ts';
import { hub } from './features/hub/index.ts';
import { images } from './features/images/index.ts';
import { libraries } from './features/libraries/index.ts';
import { matrix } from './features/matrix/index.ts';
import { editor } from './features/editor/index.ts';
import { plans } from './features/plans/index.ts';
import { run } from './features/run/index.ts';
import { runs } from './features/runs/index.ts';
import { settings } from './features/settings/index.ts';
import { suts } from './features/suts/index.ts';
import { testData } from './features/test-data/index.ts';
import { today } from './features/today/index.ts';
import type { Feature } from './kit/feature.ts';
import { objectSources } from './shell/object-sources.tsx';

/** Runs, machines and test data are found by the palette whatever page is open. */
const objects: Feature = { name: 'objects', routes: [], sources: objectSources };

/** Every feature of the face. The order decides which route is tried first; the rail and the palette sort by themselves. */
export const features: readonly Feature[] = [
  today,
  firstStart,
  runs,
  plans,
  matrix,
  run,
  editor,
  testData,
  conditions,
  libraries,
  images,
  suts,
  board,
  activity,
  history,
  hub,
  help,
  settings,
  objects,
];
