import { libraries } from './0070-libraries.ts';
import { drafts } from './0090-drafts.ts';
import { matrices } from './0085-matrices.ts';
import { importedRuns } from './0086-imported-runs.ts';
import { plans } from './0080-plans.ts';
import { settings } from './0030-settings.ts';
import { runs } from './0040-runs.ts';
import { runSearch } from './0050-run-search.ts';
import { skippedPhases } from './0055-skipped-phases.ts';
import { suts } from './0020-suts.ts';
import { testData } from './0010-test-data.ts';
import { testDataHistory } from './0060-test-data-history.ts';
import { linkTaken } from './0061-link-taken.ts';
import { machines } from './0100-machines.ts';
import { refusedLogins } from './0130-refused-logins.ts';
import { reservations } from './0110-reservations.ts';
import { images } from './0150-images.ts';
import { provisioning } from './0160-provisioning.ts';
import { hub } from './0170-hub.ts';
import { retention } from './0191-retention.ts';
import { activity } from './0180-activity.ts';
import { libraryMedia } from './0200-library-media.ts';
import { provisionAtEnd } from './0201-provision-at-end.ts';
import { runPurpose } from './0205-run-purpose.ts';
import { historyIndexes } from './0215-history-indexes.ts';
import { schedules } from './0192-schedules.ts';
import { triage } from './0190-triage.ts';
import { shareLimits } from './0225-share-limits.ts';
import { notifications } from './0226-notifications.ts';
import { triggers } from './0227-triggers.ts';
import { bringLimits } from './0242-bring-limits.ts';
import { hubConsoles } from './0246-hub-consoles.ts';
import { hubRuns } from './0210-hub-runs.ts';
import type { Migration } from './migration.ts';

/** Every migration, in order. A new one: its file NNNN-slug.ts, a line here, `npx vitest run src-main/store -u` for schema.sql. */
export const migrations: readonly Migration[] = [
  testData,
  suts,
  settings,
  runs,
  runSearch,
  skippedPhases,
  testDataHistory,
  linkTaken,
  libraries,
  plans,
  matrices,
  importedRuns,
  drafts,
  machines,
  reservations,
  refusedLogins,
  images,
  provisioning,
  hub,
  activity,
  triage,
  retention,
  schedules,
  libraryMedia,
  provisionAtEnd,
  runPurpose,
  hubRuns,
  historyIndexes,
  shareLimits,
  notifications,
  triggers,
  bringLimits,
  hubConsoles,
];
