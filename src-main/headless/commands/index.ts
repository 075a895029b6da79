import type { Command } from '../command.ts';
import { activity } from './activity.ts';
import { capsule } from './capsule.ts';
import { check } from './check.ts';
import { conditions } from './conditions.ts';
import { doctor } from './doctor.ts';
import { environments } from './environments.ts';
import { compare, history } from './history.ts';
import { hub } from './hub.ts';
import { importResults } from './import-results.ts';
import { images } from './images.ts';
import { libraries } from './libraries.ts';
import { matrix } from './matrix.ts';
import { plans } from './plans.ts';
import { provision } from './provision.ts';
import { recipes } from './recipes.ts';
import { report } from './report.ts';
import { reservations } from './reservations.ts';
import { retention } from './retention.ts';
import { run } from './run.ts';
import { runs } from './runs.ts';
import { notifications } from './notifications.ts';
import { schedules } from './schedules.ts';
import { triggers } from './triggers.ts';
import { show } from './show.ts';
import { stop } from './stop.ts';
import { suts } from './suts.ts';
import { testData } from './test-data.ts';
import { triage } from './triage.ts';

/** Every command that asks a harness; `serve` owns one and stands apart. A new command is one file and one line here. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  run,
  check,
  matrix,
  plans,
  conditions,
  capsule,
  runs,
  show,
  stop,
  provision,
  recipes,
  report,
  reservations,
  suts,
  doctor,
  hub,
  images,
  libraries,
  environments,
  'test-data': testData,
  activity,
  history,
  compare,
  triage,
  notifications,
  schedules,
  triggers,
  'import-results': importResults,
  retention,
};
