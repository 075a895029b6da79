import { activity } from './harness/activity.ts';
import { capsules } from './harness/capsules.ts';
import { conditions } from './harness/conditions.ts';
import { consoles } from './harness/consoles.ts';
import { desktop } from './harness/desktop.ts';
import { editor } from './harness/editor.ts';
import { environments } from './harness/environments.ts';
import { history } from './harness/history.ts';
import { hub } from './harness/hub.ts';
import { images } from './harness/images.ts';
import { interchange } from './harness/interchange.ts';
import { language } from './harness/language.ts';
import { libraries } from './harness/libraries.ts';
import { matrices } from './harness/matrices.ts';
import { plans } from './harness/plans.ts';
import { preflight } from './harness/preflight.ts';
import { people } from './harness/people.ts';
import { provisioning } from './harness/provisioning.ts';
import { record } from './harness/record.ts';
import { reports } from './harness/reports.ts';
import { reservations } from './harness/reservations.ts';
import { retention } from './harness/retention.ts';
import { runs } from './harness/runs.ts';
import { serving } from './harness/serving.ts';
import { notifications } from './harness/notifications.ts';
import { schedules } from './harness/schedules.ts';
import { triggers } from './harness/triggers.ts';
import { suts } from './harness/suts.ts';
import { system } from './harness/system.ts';
import { testData } from './harness/test-data.ts';
import { timeline } from './harness/timeline.ts';
import { triage } from './harness/triage.ts';

/** Named, because the inferred type written out would be longer than the compiler takes. A type, not an interface: routers are indexed. */
export type HarnessContract = {
  system: typeof system;
  testData: typeof testData;
  serving: typeof serving;
  suts: typeof suts;
  consoles: typeof consoles;
  reservations: typeof reservations;
  people: typeof people;
  hub: typeof hub;
  images: typeof images;
  runs: typeof runs;
  record: typeof record;
  reports: typeof reports;
  plans: typeof plans;
  conditions: typeof conditions;
  preflight: typeof preflight;
  provisioning: typeof provisioning;
  timeline: typeof timeline;
  matrices: typeof matrices;
  capsules: typeof capsules;
  libraries: typeof libraries;
  environments: typeof environments;
  editor: typeof editor;
  language: typeof language;
  triage: typeof triage;
  activity: typeof activity;
  history: typeof history;
  retention: typeof retention;
  interchange: typeof interchange;
  notifications: typeof notifications;
  schedules: typeof schedules;
  triggers: typeof triggers;
};

/** What a harness serves, whatever the face: MessagePort, WebSocket and REST are transports of this one contract. */
export const harnessContract: HarnessContract = {
  system,
  testData,
  serving,
  suts,
  consoles,
  reservations,
  people,
  hub,
  images,
  runs,
  record,
  reports,
  plans,
  conditions,
  preflight,
  provisioning,
  timeline,
  matrices,
  capsules,
  libraries,
  environments,
  editor,
  language,
  triage,
  activity,
  history,
  retention,
  interchange,
  notifications,
  schedules,
  triggers,
};
/** What the renderer of the desktop app sees: the harness, and the shell around it. */
export const desktopContract: HarnessContract & { desktop: typeof desktop } = { ...harnessContract, desktop };
